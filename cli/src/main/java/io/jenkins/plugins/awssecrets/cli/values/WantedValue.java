package io.jenkins.plugins.awssecrets.cli.values;

import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.output.UsageException;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.FieldSpec;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolvedCredential;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A value that {@code get} is asked for.
 *
 * @param name as it was typed
 * @param references to read for it
 */
record WantedValue(String name, Collection<Reference> references, Function<Snapshot, SecretValue> reading) {
    static WantedValue ofReference(Configuration configuration, String text) {
        String id = text.replaceFirst("#.*", "");
        if (configuration.credential(id).isPresent()) {
            throw new UsageException(
                    "get", "that is the id of a credential, not a reference", "write --credential " + id);
        }
        Reference reference = new DefinitionParser(configuration.kinds()).reference("reference", text);
        return new WantedValue(text, Set.of(reference), snapshot -> snapshot.value(reference, true, false));
    }

    /** @param text {@code ID} or {@code ID#FIELD} */
    static WantedValue ofCredential(CredentialLookup lookup, String text) {
        int hash = text.lastIndexOf('#');
        CredentialDefinition found = lookup.find(hash < 0 ? text : text.substring(0, hash));
        String field = field(found, hash < 0 ? Optional.empty() : Optional.of(text.substring(hash + 1)));
        return new WantedValue(text, found.references(), snapshot -> ResolvedCredential.of(found, snapshot)
                .required(field));
    }

    private static String field(CredentialDefinition credential, Optional<String> asked) {
        List<String> names =
                credential.kind().fields().stream().map(FieldSpec::name).toList();
        if (asked.isPresent()) {
            return asked.filter(names::contains)
                    .orElseThrow(() -> wrong(Problem.FIELD_MISSING, credential, "has no such field", names));
        }
        List<String> secret = credential.kind().fields().stream()
                .filter(field -> field.secret() && credential.fields().containsKey(field.name()))
                .map(FieldSpec::name)
                .toList();
        if (secret.size() != 1) {
            throw wrong(Problem.WRONG_SHAPE, credential, "has several secret fields", names);
        }
        return secret.get(0);
    }

    private static SecretException wrong(
            Problem problem, CredentialDefinition credential, String reason, List<String> names) {
        return new SecretException(
                        problem,
                        "credential " + credential.id(),
                        "a " + credential.kind().symbol() + " " + reason + ": " + String.join(", ", names),
                        "name one, as in " + credential.id() + "#" + names.get(names.size() - 1))
                .choosable(names);
    }

    SecretValue of(Snapshot snapshot) {
        return reading.apply(snapshot);
    }

    @Override
    public String toString() {
        return name;
    }
}
