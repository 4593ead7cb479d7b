package io.jenkins.plugins.awssecrets.step.binding;

import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.binding.BindingPlan;
import io.jenkins.plugins.awssecrets.engine.binding.VariableNames;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Binds a credential by its id; each kind has a binding of its own, so that a mix-up is noticed. */
public abstract class CredentialBinding extends SecretBinding {
    private static final long serialVersionUID = 1L;

    private final String credentialsId;
    private String prefix;

    CredentialBinding(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    /** What the variables' names begin with; {@code null} for the kind's default. */
    public String getPrefix() {
        return prefix;
    }

    @DataBoundSetter
    public void setPrefix(String prefix) {
        this.prefix = Util.fixEmptyAndTrim(prefix);
    }

    abstract CredentialKind kind();

    /** Whether the log hides what is secret in it. */
    boolean masked() {
        return true;
    }

    /** Empty for the kind's default. */
    Optional<String> names() {
        return Optional.ofNullable(prefix);
    }

    final String prefix() {
        return names().orElseGet(() -> kind().defaultPrefix(credentialsId));
    }

    @Override
    public Optional<SecretException> misnamed() {
        return names().filter(name -> !VariableNames.isOne(name))
                .map(name -> VariableNames.notOne("'" + name + "' of " + kind().symbol() + " '" + credentialsId + "'"));
    }

    @Override
    public Set<String> inherited() {
        return kind().inherited().stream().map(suffix -> prefix() + suffix).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Use addTo(BindingPlan plan, JobView view) {
        if (credentialsId.isEmpty()) {
            throw new SecretException(
                    Problem.MALFORMED,
                    kind().symbol() + " ''",
                    "no id is set",
                    "write " + kind().symbol() + "('...') with the id of a credential");
        }
        CatalogEntry entry = view.credential(credentialsId, kind());
        CredentialDefinition definition = entry.definition();
        plan.credential(definition, names(), masked());
        return Use.of(entry, view.catalogOf(entry), masked());
    }

    /** Lists what a job sees of the kind. */
    public abstract static class CredentialBindingDescriptor extends SecretBindingDescriptor {
        private final CredentialKind kind;

        CredentialBindingDescriptor(CredentialKind kind) {
            this.kind = kind;
        }

        /** For the snippet generator and the wrapper's form: ids from metadata, never waiting for a source. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return CredentialChoice.items(item, kind, credentialsId);
        }
    }
}
