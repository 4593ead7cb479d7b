package io.jenkins.plugins.awssecrets.cli.values;

import io.jenkins.plugins.awssecrets.cli.catalog.Catalog;
import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.options.Invocation;
import io.jenkins.plugins.awssecrets.cli.output.SeveralFailures;
import io.jenkins.plugins.awssecrets.cli.output.UsageException;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds credentials by id. Declared ones need no list permission; the sources are searched once, for the others. */
final class CredentialLookup {
    private final Configuration configuration;
    private final Invocation invocation;
    private Optional<Catalog> catalog = Optional.empty();

    CredentialLookup(Configuration configuration, Invocation invocation) {
        this.configuration = configuration;
        this.invocation = invocation;
    }

    /** Whether a credential has this id; a search that fails finds none. */
    boolean has(String id) {
        return configuration.credential(id).isPresent()
                || configuration.discovery()
                        && id.chars().filter(c -> c == '=').count() > 0
                        && configuration
                                .credential(id.substring(0, id.lastIndexOf('=')))
                                .isEmpty()
                        && catalog().entries().stream().anyMatch(e -> e.isNamed(id));
    }

    /** @throws SecretException when there is none of the id, or several, or a search for it failed */
    CredentialDefinition find(String id) throws SecretException {
        if (id.isBlank()) {
            throw new UsageException("option --credential", "the id is missing", "write an id that list shows");
        }
        Optional<CredentialDefinition> declared = configuration.credential(id);
        if (declared.isPresent()) {
            return declared.get();
        }
        List<Catalog.Entry> found = configuration.discovery()
                ? catalog().entries().stream().filter(e -> e.isNamed(id)).toList()
                : List.of();
        if (found.size() > 1) {
            throw new SecretException(
                    Problem.MALFORMED,
                    "credential " + id,
                    "several secrets have the tags of this credential",
                    "declare the intended one, or set filters on the sources");
        }
        if (found.isEmpty()) {
            catalog.filter(c -> !c.failures().isEmpty()).ifPresent(c -> {
                throw unsearched(id, SeveralFailures.of(c.failures()));
            });
            throw new SecretException(
                    Problem.NOT_FOUND,
                    "credential " + id,
                    (configuration.discovery() ? "neither declared nor discovered" : "not declared") + " ("
                            + invocation.file().description() + ")",
                    near(id).map(other -> "did you mean " + other + "? Run aws-secrets list to see all credentials")
                            .orElse("run aws-secrets list to see all credentials"));
        }
        return found.get(0).definition();
    }

    /** Which file declares nothing of this id comes first: it may be the wrong one. */
    private SecretException unsearched(String id, SecretException why) {
        return new SecretException(
                why.problem(),
                "credential " + id,
                "not declared (" + invocation.file().description() + "), and not every source can be searched for it: "
                        + why.subject() + ": " + why.reason(),
                "declare it, or make the search possible: " + why.fix());
    }

    private Optional<String> near(String id) {
        Stream<CredentialDefinition> known = Stream.concat(
                configuration.credentials().stream(),
                catalog.stream().flatMap(c -> c.entries().stream()).map(Catalog.Entry::definition));
        List<CredentialDefinition> all = known.toList();
        return all.stream()
                .flatMap(one -> one.kind().fields().stream().map(field -> one.id() + "#" + field.name()))
                .filter(field -> id.length() == field.length()
                        && id.replaceFirst("[./:]([A-Za-z]+)$", "#$1").equals(field))
                .findFirst()
                .or(() -> Spelling.nearest(
                        id, all.stream().map(CredentialDefinition::id).toList()));
    }

    private Catalog catalog() {
        if (catalog.isEmpty()) {
            try {
                catalog = Optional.of(Catalog.read(configuration, invocation.deadline()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SecretException(Problem.ABORTED, "list", "reading was aborted", "run it again");
            }
        }
        return catalog.get();
    }
}
