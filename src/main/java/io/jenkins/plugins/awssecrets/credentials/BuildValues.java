package io.jenkins.plugins.awssecrets.credentials;

import hudson.model.Run;
import io.jenkins.plugins.awssecrets.access.Requesters;
import io.jenkins.plugins.awssecrets.audit.UseAudit;
import io.jenkins.plugins.awssecrets.builds.BuildSecrets;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.FieldValue;
import io.jenkins.plugins.awssecrets.engine.resolve.HiddenPayloads;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolvedCredential;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import java.util.Map;
import java.util.Optional;

/**
 * The values of one build: of its snapshot, so that whoever in the build asks sees one version and each secret is read
 * once. All fields are read together when the first of them is asked for, and are masked from then on.
 */
final class BuildValues implements CredentialValues {
    private final CatalogEntry entry;
    private final Run<?, ?> run;
    private final UseAudit audit;

    BuildValues(CatalogEntry entry, Run<?, ?> run) {
        this.entry = entry;
        this.run = run;
        CredentialDefinition definition = entry.definition();
        this.audit = UseAudit.byId(
                run,
                definition.id(),
                definition.kind().symbol(),
                entry.isReference(),
                definition.references(),
                () -> BuildSecrets.of(run).identity(Catalog.get().in(entry.owner()), definition.references()));
    }

    @Override
    public Optional<SecretValue> get(String field) {
        FieldValue from = entry.definition().fields().get(field);
        if (from instanceof FieldValue.Literal literal) {
            return Optional.of(SecretValue.of(literal.text()));
        }
        return from == null ? Optional.empty() : Optional.ofNullable(read(field).get(field));
    }

    @Override
    public Map<String, SecretValue> all() {
        return read(entry.definition().id());
    }

    @Override
    public CredentialValues forRun(Run<?, ?> other) {
        return new BuildValues(entry, other);
    }

    @Override
    public boolean isUsernameSecret() {
        CredentialDefinition definition = entry.definition();
        boolean known = definition.usernameSecret().isPresent() || !definition.isUsernameSecret();
        return known || !run.isLogUpdated()
                ? definition.isUsernameSecret()
                : resolved(CredentialDefinition.USERNAME).isUsernameSecret();
    }

    private Map<String, SecretValue> read(String property) {
        // Of a build that is over the snapshot is gone, and a new one would never be forgotten.
        return run.isLogUpdated() ? resolved(property).values() : new CurrentValues(entry, Requesters.of(run)).all();
    }

    private ResolvedCredential resolved(String property) {
        CredentialDefinition definition = entry.definition();
        try {
            BuildSecrets secrets = BuildSecrets.of(run);
            Snapshot snapshot = secrets.resolve(entry, Deadline.in(CurrentValues.PATIENCE), audit);
            ResolvedCredential resolved = ResolvedCredential.of(definition, snapshot);
            // Before anybody is given them.
            secrets.mask(resolved.secrets());
            secrets.mask(new HiddenPayloads(snapshot).add(resolved).values());
            return resolved;
        } catch (SecretException e) {
            throw Unavailable.because(definition.id(), property, e);
        }
    }
}
