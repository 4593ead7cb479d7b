package io.jenkins.plugins.awssecrets.engine.policy;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A policy of Vault's.
 *
 * @param source id of the source whose token needs it
 * @param notes what could not be known, each a sentence without a full stop
 */
public record VaultPolicy(String source, List<Rule> rules, List<String> notes) {
    public VaultPolicy {
        rules = List.copyOf(rules);
        notes = List.copyOf(notes);
    }

    /** @param path with {@code *} at its end for all below it */
    public record Rule(String path, List<String> capabilities) {
        public Rule {
            capabilities = List.copyOf(capabilities);
        }
    }

    /** As {@code vault policy write} takes it. The policy {@code default} is needed besides. */
    public String hcl() {
        return rules.stream()
                .map(rule -> "path \"" + rule.path().replace("\\", "\\\\").replace("\"", "\\\"")
                        + "\" {\n  capabilities = ["
                        + rule.capabilities().stream().map(c -> '"' + c + '"').collect(Collectors.joining(", "))
                        + "]\n}\n")
                .collect(Collectors.joining());
    }
}
