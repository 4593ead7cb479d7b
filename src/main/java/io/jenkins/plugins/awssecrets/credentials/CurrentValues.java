package io.jenkins.plugins.awssecrets.credentials;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.access.SecretAccess;
import io.jenkins.plugins.awssecrets.audit.UseAudit;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.FieldValue;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolvedCredential;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.rules.Requester;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The values as they are at the moment, for use outside of builds: indexing a multibranch project, starting an agent.
 * Nothing is kept between two calls, and each call reads no more than the field needs.
 */
final class CurrentValues implements CredentialValues {
    /** How long a getter waits at most. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private final CatalogEntry entry;
    private final Requester who;

    /**
     * By what is read: each is told once, however often a getter is called. Made when the first is read, as ten thousand
     * credentials are listed for one that is.
     */
    @CheckForNull
    private Map<Set<Reference>, UseAudit> audits;

    /** @param who asks for them */
    CurrentValues(CatalogEntry entry, Requester who) {
        this.entry = entry;
        this.who = who;
    }

    @Override
    public Optional<SecretValue> get(String field) {
        FieldValue from = entry.definition().fields().get(field);
        if (from == null) {
            return Optional.empty();
        }
        if (from instanceof FieldValue.Literal literal) {
            return Optional.of(SecretValue.of(literal.text()));
        }
        CredentialDefinition whole = entry.definition();
        Map<String, FieldValue> needed = new LinkedHashMap<>(whole.fields());
        Set<String> dependencies = whole.kind().dependencies(field);
        needed.keySet().removeIf(other -> !other.equals(field) && !dependencies.contains(other));
        CredentialDefinition part =
                new CredentialDefinition(whole.id(), whole.kind(), whole.description(), needed, whole.allowEmpty());
        return Optional.ofNullable(read(field, part).get(field));
    }

    @Override
    public Map<String, SecretValue> all() {
        return read(entry.definition().id(), entry.definition());
    }

    @Override
    public boolean isUsernameSecret() {
        return entry.definition().isUsernameSecret();
    }

    @Override
    public CredentialValues forRun(Run<?, ?> run) {
        return new BuildValues(entry, run);
    }

    private Map<String, SecretValue> read(String property, CredentialDefinition definition) {
        try {
            Snapshot snapshot = audit(Set.copyOf(definition.references()))
                    .of(
                            SecretAccess.to(entry, who),
                            // In the place that declares it: a folder below may give a source's id another meaning.
                            () -> Catalog.get()
                                    .in(entry.owner())
                                    .resolver()
                                    .resolve(definition.references(), Deadline.in(PATIENCE)));
            return ResolvedCredential.of(definition, snapshot).values();
        } catch (SecretException e) {
            throw Unavailable.because(definition.id(), property, e);
        }
    }

    private synchronized UseAudit audit(Set<Reference> references) {
        if (audits == null) {
            audits = new HashMap<>();
        }
        CredentialDefinition definition = entry.definition();
        return audits.computeIfAbsent(
                references,
                read -> UseAudit.outsideOfBuilds(
                        who.job(), definition.id(), definition.kind().symbol(), entry.isReference(), read));
    }
}
