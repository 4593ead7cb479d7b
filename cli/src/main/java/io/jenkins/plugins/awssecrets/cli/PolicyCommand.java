package io.jenkins.plugins.awssecrets.cli;

import io.jenkins.plugins.awssecrets.engine.policy.IamPolicy;
import io.jenkins.plugins.awssecrets.engine.policy.VaultPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code policy}: the least permissions that the configuration needs. */
@Command(name = "policy", description = "Prints the least IAM policy and Vault policy that the configuration needs.")
final class PolicyCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "iam (JSON) or vault (HCL); else both, with titles.")
    private String format = "";

    @Option(names = "--source", paramLabel = "ID", description = "Only of the caller of this source.")
    private String source = "";

    PolicyCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!List.of("", "iam", "vault").contains(format)) {
            throw new UsageException("option --format", "an unknown format", "give iam or vault");
        }
        NeededPolicies needed = NeededPolicies.of(invocation.configuration(), invocation.deadline());
        List<IamPolicy> iam = needed.iam().stream()
                .filter(p -> !format.equals("vault")
                        && (source.isEmpty() || p.sources().contains(source)))
                .toList();
        List<VaultPolicy> vault = needed.vault().stream()
                .filter(p ->
                        !format.equals("iam") && (source.isEmpty() || p.source().equals(source)))
                .toList();
        if (!format.isEmpty() && iam.size() + vault.size() > 1) {
            throw new UsageException(
                    "option --format",
                    "the configuration has several callers, and each needs a policy of its own",
                    "name one of their sources with --source");
        }
        iam.forEach(p -> p.notes().forEach(invocation.report()::warn));
        vault.forEach(p -> p.notes().forEach(invocation.report()::warn));
        print(iam, vault);
        return ExitCode.OK;
    }

    private void print(List<IamPolicy> iam, List<VaultPolicy> vault) throws IOException {
        StringBuilder text = new StringBuilder();
        for (IamPolicy policy : iam) {
            title(text, "IAM policy for " + policy.caller() + " (" + String.join(", ", policy.sources()) + ")");
            text.append(policy.json());
        }
        for (VaultPolicy policy : vault) {
            title(text, "Vault policy for source " + policy.source() + ", beside the policy default");
            text.append(policy.hcl());
        }
        OutputStream out = invocation.streams().out();
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void title(StringBuilder text, String title) {
        if (format.isEmpty()) {
            text.append(text.isEmpty() ? "" : "\n").append("# ").append(title).append('\n');
        }
    }
}
