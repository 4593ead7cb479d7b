package io.jenkins.plugins.awssecrets.cli.config;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.rules.AllowList;
import io.jenkins.plugins.awssecrets.engine.rules.Rule;
import io.jenkins.plugins.awssecrets.engine.rules.RuleParser;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads who may use what: the {@code allow} of sources and credentials, and the {@code scope} of credentials. */
final class AllowReader {
    private static final String ALLOW = "allow";

    private final Map<String, AllowList> sources = new LinkedHashMap<>();
    private final Map<String, AllowList> credentials = new LinkedHashMap<>();
    private final Set<String> system = new HashSet<>();

    void source(String id, SourceKind kind, Section source) {
        List<Rule> rules = new ArrayList<>();
        for (Section rule : source.sections(ALLOW)) {
            rules.add(read(
                    rule,
                    () -> RuleParser.forSource(
                            kind, some(rule, "names"), some(rule, "jobs"), some(rule, "branches"), changes(rule))));
        }
        put(sources, id, rules);
    }

    void credential(String id, Section credential) {
        List<Rule> rules = new ArrayList<>();
        for (Section rule : credential.sections(ALLOW)) {
            rules.add(read(
                    rule, () -> RuleParser.forCredential(some(rule, "jobs"), some(rule, "branches"), changes(rule))));
        }
        if (rules.isEmpty() && credential.keys().contains(ALLOW)) {
            // Read as no rule it would let every build in, which nobody means by it.
            throw credential.malformed(
                    ALLOW, "the list is empty", "add a rule, or leave 'allow' out to let every build use it");
        }
        put(credentials, id, rules);
        scope(id, credential);
    }

    private void scope(String id, Section credential) {
        String scope = credential.text("scope").orElse("GLOBAL");
        switch (scope) {
            case "SYSTEM" -> system.add(id);
            case "GLOBAL" -> {}
            default -> throw credential.malformed("scope", "no such scope", "write GLOBAL or SYSTEM");
        }
    }

    ConfiguredRules rules() {
        return new ConfiguredRules(sources, credentials, system);
    }

    private static void put(Map<String, AllowList> lists, String id, List<Rule> rules) {
        if (!rules.isEmpty()) {
            lists.put(id, new AllowList(rules));
        }
    }

    private static Rule read(Section section, Supplier<Rule> reading) {
        try {
            Rule rule = reading.get();
            section.end();
            return rule;
        } catch (SecretException e) {
            // What a pattern is refused for is told by its key alone; the place is known here.
            throw section.keys().contains(e.subject()) || e.subject().equals("names")
                    ? section.malformed(e.subject(), e.reason(), e.fix())
                    : e;
        }
    }

    /** An empty list would let any in, as where none is written. */
    private static List<String> some(Section rule, String key) {
        List<String> texts = rule.patterns(key);
        if (texts.isEmpty() && rule.keys().contains(key)) {
            throw rule.malformed(key, "the list is empty", "add a pattern, or leave '" + key + "' out");
        }
        return texts;
    }

    private static Optional<Boolean> changes(Section rule) {
        return rule.text("changeRequests").map(text -> rule.flag("changeRequests", false));
    }
}
