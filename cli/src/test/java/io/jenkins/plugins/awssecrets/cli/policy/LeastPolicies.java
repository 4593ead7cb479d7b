package io.jenkins.plugins.awssecrets.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.engine.policy.IamStatement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code policy} printed, as a service would. */
final class LeastPolicies {
    private static final Pattern RULE =
            Pattern.compile("path \"([^\"]+)\" \\{\\s*capabilities = \\[([^\\]]*)\\]\\s*\\}");

    private LeastPolicies() {}

    static List<IamStatement> iam(String json) throws IOException {
        List<IamStatement> statements = new ArrayList<>();
        for (JsonNode node : new ObjectMapper().readTree(json).path("Statement")) {
            statements.add(new IamStatement(
                    node.path("Sid").asText(), texts(node.path("Action")), texts(node.path("Resource")), Map.of()));
        }
        return statements;
    }

    record Rule(String path, List<String> capabilities) {}

    static List<Rule> vault(String hcl) {
        List<Rule> rules = new ArrayList<>();
        Matcher rule = RULE.matcher(hcl);
        while (rule.find()) {
            rules.add(new Rule(
                    rule.group(1), List.of(rule.group(2).replace("\"", "").split(",\\s*"))));
        }
        return rules;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
