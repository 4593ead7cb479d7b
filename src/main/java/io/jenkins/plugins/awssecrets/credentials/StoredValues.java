package io.jenkins.plugins.awssecrets.credentials;

import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import hudson.model.ItemGroup;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;
import jenkins.util.JenkinsJVM;

/** The values of a credential that was read back from XML or a stream: looked up in the catalog again when needed. */
final class StoredValues implements CredentialValues {
    private final String owner;
    private final String id;

    /** @param owner full name of the folder that declares the credential; empty for Jenkins itself */
    StoredValues(String owner, String id) {
        this.owner = owner;
        this.id = id;
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
    public CredentialValues forRun(Run<?, ?> run) {
        return found().forRun(run);
    }

    private CredentialValues found() {
        if (!JenkinsJVM.isJenkinsJVM()) {
            throw new CredentialsUnavailableException(
                    id, "the credential reached the agent without its values. Take a snapshot of it first");
        }
        return place().flatMap(p -> Catalog.get().in(p).find(id, AwsSecretsCredentialsProvider.LOOK_UP_PATIENCE))
                .map(CurrentValues::new)
                .orElseThrow(() -> new CredentialsUnavailableException(
                        id,
                        "no credential with this id is declared or discovered any more in "
                                + (owner.isEmpty() ? "Jenkins" : owner)
                                + ". Declare it, or use another id"));
    }

    private Optional<ItemGroup<?>> place() {
        if (owner.isEmpty()) {
            return Optional.of(Jenkins.get());
        }
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return Jenkins.get().getItemByFullName(owner) instanceof ItemGroup<?> group
                    ? Optional.of(group)
                    : Optional.empty();
        }
    }
}
