package io.jenkins.plugins.awssecrets.step.binding;

import hudson.model.Run;
import io.jenkins.plugins.awssecrets.audit.UseAudit;
import io.jenkins.plugins.awssecrets.builds.BuildSecrets;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.rules.Decision;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A binding as log and audit name it.
 *
 * @param name the credential's id, or the variable of a single value
 * @param kind the binding's symbol
 * @param references what it reads; none where all of it is literal
 * @param view of the place where the references mean what they say
 * @param credential what it uses; empty where the references are direct ones
 * @param masked whether the log hides what is secret in it
 */
public record Use(
        String name,
        String kind,
        List<Reference> references,
        CatalogView view,
        Optional<CatalogEntry> credential,
        boolean masked) {
    /** Of a declared or discovered credential. */
    static Use of(CatalogEntry credential, CatalogView view, boolean masked) {
        CredentialDefinition definition = credential.definition();
        return new Use(
                definition.id(),
                definition.kind().symbol(),
                List.copyOf(definition.references()),
                view,
                Optional.of(credential),
                masked);
    }

    /** Of what the Jenkinsfile names itself. */
    static Use direct(String name, String kind, Collection<Reference> references, CatalogView view, boolean masked) {
        return new Use(name, kind, List.copyOf(references), view, Optional.empty(), masked);
    }

    /** Whether the build may have it. */
    public Decision admit(BuildSecrets secrets) {
        if (credential.isPresent()) {
            return secrets.admit(credential.get());
        }
        return references.stream()
                .map(reference -> secrets.admit(view, reference))
                .reduce((one, other) -> one.allows() ? other : one)
                .orElseThrow();
    }

    public UseAudit audit(Run<?, ?> run) {
        String id = credential
                .filter(entry -> !entry.isReference())
                .map(entry -> entry.definition().id())
                .orElse("");
        return UseAudit.byBlock(
                run, name, masked ? kind : kind + ", not masked", id, references, () -> BuildSecrets.of(run)
                        .identity(view, references));
    }
}
