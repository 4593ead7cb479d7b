package io.jenkins.plugins.awssecrets.engine.rules;

import java.util.List;

/**
 * The {@code allow} of a source or a credential. Without a rule, a source takes no direct reference, and a credential
 * is for every build that sees it.
 */
public record AllowList(List<Rule> rules) {
    public static final AllowList NONE = new AllowList(List.of());

    public AllowList {
        rules = List.copyOf(rules);
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** A rule as a person counts them, such as {@code rule 1 (jobs shop/**)}. */
    public String numbered(int index) {
        return "rule " + (index + 1) + " (" + rules.get(index) + ")";
    }
}
