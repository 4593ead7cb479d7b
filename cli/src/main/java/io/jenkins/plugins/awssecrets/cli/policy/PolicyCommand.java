package io.jenkins.plugins.awssecrets.cli.policy;

import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.config.ConfiguredRules;
import io.jenkins.plugins.awssecrets.cli.options.Invocation;
import io.jenkins.plugins.awssecrets.cli.output.ExitCode;
import io.jenkins.plugins.awssecrets.cli.output.UsageException;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.policy.BuildRole;
import io.jenkins.plugins.awssecrets.engine.policy.IamPolicy;
import io.jenkins.plugins.awssecrets.engine.policy.VaultBuilds;
import io.jenkins.plugins.awssecrets.engine.policy.VaultPolicy;
import io.jenkins.plugins.awssecrets.engine.rules.AllowList;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code policy}: the least permissions that the configuration needs. */
@Command(name = "policy", description = "Prints the least IAM policy and Vault policy that the configuration needs.")
public final class PolicyCommand implements Callable<Integer> {
    private static final List<String> FORMATS = List.of("iam", "vault", "terraform", "cloudformation");

    private final Invocation invocation;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            completionCandidates = Formats.class,
            description =
                    "iam (JSON) or vault (HCL); terraform or cloudformation, which hold the policies of all callers;"
                            + " else both kinds, with titles.")
    private String format = "";

    /** For the completion of shells. */
    static final class Formats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return FORMATS.iterator();
        }
    }

    @Option(names = "--source", paramLabel = "ID", description = "Only the policy of this source's caller.")
    private String source = "";

    public PolicyCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!format.isEmpty() && !FORMATS.contains(format)) {
            throw new UsageException(
                    "option --format", "unknown format", "use iam, vault, terraform or cloudformation");
        }
        Configuration configuration = invocation.configuration();
        if (!source.isEmpty() && !configuration.sources().containsKey(source)) {
            throw new UsageException(
                    "option --source",
                    "no source has this id (" + invocation.file().description() + ")",
                    "use one of " + String.join(", ", configuration.inUse()));
        }
        NeededPolicies needed = NeededPolicies.of(configuration, invocation.deadline());
        List<IamPolicy> iam = needed.iam().stream()
                .filter(p -> !format.equals("vault")
                        && !p.statements().isEmpty()
                        && (source.isEmpty() || p.sources().contains(source)))
                .toList();
        List<VaultPolicy> vault = needed.vault().stream()
                .filter(p -> !List.of("iam", "cloudformation").contains(format)
                        && (format.isEmpty() || !p.rules().isEmpty())
                        && (source.isEmpty() || p.source().equals(source)))
                .toList();
        if (iam.isEmpty() && vault.isEmpty()) {
            // Printed, it would be a policy without a statement to whoever reads it.
            throw new SecretException(
                    Problem.MALFORMED,
                    "policy",
                    "nothing that is in use needs one" + (format.isEmpty() ? "" : " of the format " + format) + " ("
                            + invocation.file().description() + ")",
                    "sources in use: " + String.join(", ", configuration.inUse()));
        }
        if (List.of("iam", "vault").contains(format) && iam.size() + vault.size() > 1) {
            throw new UsageException(
                    "option --format",
                    "the configuration has several callers, and each needs its own policy",
                    "name one of their sources with --source");
        }
        iam.forEach(p -> p.notes().forEach(invocation.report()::warn));
        vault.forEach(p -> p.notes().forEach(invocation.report()::warn));
        if (format.equals("terraform")) {
            return print(InfrastructureCode.terraform(iam, vault));
        } else if (format.equals("cloudformation")) {
            return print(InfrastructureCode.cloudFormation(iam));
        }
        boolean all = format.isEmpty();
        print(
                iam,
                vault,
                all ? needed.builds() : List.of(),
                all ? needed.vaultBuilds() : Map.of(),
                all ? rules(configuration) : "");
        return ExitCode.OK;
    }

    private void print(
            List<IamPolicy> iam,
            List<VaultPolicy> vault,
            List<BuildRole> builds,
            Map<String, VaultBuilds> vaultBuilds,
            String rules)
            throws IOException {
        StringBuilder text = new StringBuilder();
        for (IamPolicy policy : iam) {
            title(text, "IAM policy for " + policy.caller() + " (" + String.join(", ", policy.sources()) + ")");
            text.append(policy.json());
        }
        for (BuildRole role : builds) {
            title(text, "Trust policy of the role " + role.arn() + ", which is assumed for each build");
            text.append(role.trust());
            if (!role.byTags().isEmpty()) {
                title(
                        text,
                        "Instead of naming each secret in its IAM policy: what is in the folder of the job, by session"
                                + " tag");
                text.append(role.byTagsJson());
            }
        }
        for (VaultPolicy policy : vault) {
            Optional.ofNullable(vaultBuilds.get(policy.source()))
                    .map(ways -> ways.parts(policy.source(), policy))
                    .orElse(List.of())
                    .forEach(part -> {
                        title(text, part.title());
                        text.append(part.text());
                    });
            title(text, "Vault policy for source " + policy.source() + ", beside the policy default");
            text.append(
                    policy.rules().isEmpty()
                            ? "# No path: no credential refers to this source, and no filter says where to search it\n"
                            : policy.hcl());
        }
        if (!rules.isEmpty()) {
            title(text, "Rules in Jenkins: which builds may use what these policies let it read");
            text.append(rules);
        }
        print(text.toString());
    }

    private int print(String text) throws IOException {
        OutputStream out = invocation.streams().out();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        return ExitCode.OK;
    }

    private String rules(Configuration configuration) {
        StringBuilder text = new StringBuilder();
        ConfiguredRules rules = configuration.rules();
        for (String id : configuration.inUse()) {
            if (source.isEmpty() || source.equals(id)) {
                AllowList allow = rules.ofSource(id);
                list(text, "source " + id + ", direct references: ", allow, "none");
            }
        }
        for (CredentialDefinition credential : configuration.credentials()) {
            boolean shown = source.isEmpty()
                    || credential.references().stream().anyMatch(r -> r.source().equals(source));
            if (shown) {
                String none = rules.system().contains(credential.id())
                        ? "Jenkins itself and its agents"
                        : "any build that sees it";
                list(text, "credential " + credential.id() + ": ", rules.ofCredential(credential.id()), none);
            }
        }
        return text.toString();
    }

    private static void list(StringBuilder text, String what, AllowList allow, String none) {
        if (allow.isEmpty()) {
            text.append(what).append(none).append('\n');
        }
        allow.rules().forEach(rule -> text.append(what).append(rule).append('\n'));
    }

    private void title(StringBuilder text, String title) {
        if (format.isEmpty()) {
            text.append(text.isEmpty() ? "" : "\n").append("# ").append(title).append('\n');
        }
    }
}
