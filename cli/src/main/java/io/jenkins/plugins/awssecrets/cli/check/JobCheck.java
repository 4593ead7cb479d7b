package io.jenkins.plugins.awssecrets.cli.check;

import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.config.ConfiguredRules;
import io.jenkins.plugins.awssecrets.cli.config.SourceSpec;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.rules.CredentialRules;
import io.jenkins.plugins.awssecrets.engine.rules.Decision;
import io.jenkins.plugins.awssecrets.engine.rules.Requester;
import io.jenkins.plugins.awssecrets.engine.rules.ReservedSecrets;
import io.jenkins.plugins.awssecrets.engine.rules.SourceRules;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the rules of a configuration say to a job of the Jenkins that has it as its global configuration. */
final class JobCheck {
    private final Configuration configuration;
    private final Map<String, SourceKind> kinds;
    private final ReservedSecrets reserved;

    /** @param subject a credential, a reference, or a source that builds read from as themselves */
    record Row(String subject, Decision decision) {}

    JobCheck(Configuration configuration) {
        this.configuration = configuration;
        this.kinds = configuration.kinds();
        ReservedSecrets.Builder taken = new ReservedSecrets.Builder();
        configuration.credentials().stream()
                .filter(c -> configuration.rules().system().contains(c.id()))
                .flatMap(c -> c.references().stream())
                .forEach(reference -> taken.system(reference, kinds.get(reference.source())));
        this.reserved = taken.build();
    }

    /** Each declared credential. */
    List<Row> credentials(Requester who) {
        return configuration.credentials().stream()
                .map(credential -> credential(credential, who))
                .toList();
    }

    /**
     * @param names ids of credentials, and references
     * @throws SecretException for what is neither
     */
    List<Row> named(List<String> names, Requester who) {
        List<Row> rows = new ArrayList<>();
        for (String name : names) {
            rows.add(configuration
                    .credential(name)
                    .map(credential -> credential(credential, who))
                    .orElseGet(() -> reference(name, who)));
        }
        return rows;
    }

    /** Who builds of the job read as, from each source in question that reads as the build. */
    List<Row> identities(List<String> names, Requester who) {
        Set<String> asked = names.stream()
                .flatMap(name -> configuration
                        .credential(name)
                        .map(credential -> credential.references().stream().map(Reference::source))
                        .orElseGet(() -> kinds.keySet().stream().filter(id -> Reference.startsWithSource(name, id))))
                .collect(Collectors.toSet());
        BuildIdentity build = firstBuildOf(who);
        return configuration.sources().values().stream()
                .filter(source -> names.isEmpty() || asked.contains(source.id()))
                .flatMap(source -> identity(source, build).stream())
                .toList();
    }

    /** Of a job that may not exist: only its number is made up, and the address of its Jenkins is not known. */
    private static BuildIdentity firstBuildOf(Requester who) {
        // So does Jenkins name the job of a branch.
        String run = who.job()
                + who.branch().map(name -> "/" + name.replace("/", "%2F")).orElse("");
        return new BuildIdentity("", who.job(), who.branch(), run, 1, (place, id) -> {
            throw new SecretException(Problem.UNAUTHENTICATED, "check", "no build is running", "run one");
        });
    }

    private static Optional<Row> identity(SourceSpec source, BuildIdentity build) {
        try {
            Optional<String> identity = source instanceof SourceSpec.Aws aws
                    ? aws.builds().map(how -> how.identityInFull(build))
                    : source instanceof SourceSpec.Vault vault
                            ? vault.builds().map(how -> how.identity(build))
                            : Optional.empty();
            return identity.map(words -> new Row("source " + source.id(), Decision.readingAs(words, build.number())));
        } catch (SecretException e) {
            return Optional.of(new Row("source " + source.id(), new Decision(e.reason(), Optional.of(e))));
        }
    }

    private Row credential(CredentialDefinition credential, Requester who) {
        ConfiguredRules rules = configuration.rules();
        CredentialRules own = new CredentialRules(credential.id(), rules.ofCredential(credential.id()));
        return new Row(
                "credential '" + credential.id() + "'",
                rules.system().contains(credential.id()) ? own.system() : own.decide(who));
    }

    private Row reference(String text, Requester who) {
        if (kinds.keySet().stream().noneMatch(id -> Reference.startsWithSource(text, id))) {
            throw new SecretException(
                    Problem.MALFORMED,
                    "check",
                    "one of the names is neither a declared credential nor a reference",
                    "name a credential of the configuration, or write <source>:<name>");
        }
        Reference reference = new DefinitionParser(kinds).reference("check", text);
        String id = reference.source();
        SourceRules rules =
                new SourceRules(id, kinds.get(id), "", configuration.rules().ofSource(id), reserved);
        return new Row(reference.toString(), rules.direct(reference, who));
    }
}
