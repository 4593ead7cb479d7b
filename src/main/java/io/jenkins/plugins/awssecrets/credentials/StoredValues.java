package io.jenkins.plugins.awssecrets.credentials;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;
import jenkins.util.JenkinsJVM;

/**
 * The values of a credential that was read back from XML or a stream. Anybody may have written that text, so it gives
 * its reader nothing: a build gets what its own job sees under the same id, and nobody else gets anything.
 */
final class StoredValues implements CredentialValues {
    private final Class<? extends Fetched> type;
    private final String id;

    @CheckForNull
    private final Run<?, ?> run;

    /** @param type of the credential, which what the job sees must be too */
    StoredValues(Class<? extends Fetched> type, String id) {
        this(type, id, null);
    }

    private StoredValues(Class<? extends Fetched> type, String id, @CheckForNull Run<?, ?> run) {
        this.type = type;
        this.id = id;
        this.run = run;
    }

    @Override
    public Optional<SecretValue> get(String field) {
        return found().get(field);
    }

    @Override
    public Map<String, SecretValue> all() {
        return found().all();
    }

    @Override
    public boolean isUsernameSecret() {
        return found().isUsernameSecret();
    }

    @Override
    public CredentialValues forRun(Run<?, ?> build) {
        return new StoredValues(type, id, build);
    }

    private CredentialValues found() {
        if (!JenkinsJVM.isJenkinsJVM()) {
            throw unavailable("it reached the agent without its values. Take a snapshot of it first");
        }
        Run<?, ?> build = run;
        if (build == null) {
            throw unavailable(
                    "this is a stored copy, which has no values of its own. Use the id of the credential instead");
        }
        return Catalog.get()
                .forItem(build.getParent())
                .find(id, AwsSecretsCredentialsProvider.LOOK_UP_PATIENCE)
                .filter(entry -> !entry.system() && isOfType(entry))
                .map(entry -> new BuildValues(entry, build))
                .orElseThrow(() -> unavailable(build.getParent().getFullDisplayName()
                        + " sees no such credential. Declare it in the job's folder or above, or use another id"));
    }

    private boolean isOfType(CatalogEntry entry) {
        return ((FetchedCredentials.FetchedCredentialsDescriptor)
                        Jenkins.get().getDescriptorOrDie(type.asSubclass(Credentials.class)))
                .kind()
                .equals(entry.definition().kind());
    }

    private CredentialsUnavailableException unavailable(String why) {
        return new CredentialsUnavailableException(id, "credential '" + id + "': " + why);
    }
}
