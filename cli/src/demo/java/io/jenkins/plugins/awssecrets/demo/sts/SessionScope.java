package io.jenkins.plugins.awssecrets.demo.sts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.demo.aws.AwsError;
import io.jenkins.plugins.awssecrets.demo.seed.AwsSeed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a caller of {@code AssumeRole} wants its session to be bounded by: session tags, and a session policy.
 *
 * @param policy empty where the session may do all that its role may
 */
record SessionScope(Map<String, String> tags, Optional<List<AwsSeed.Statement>> policy) {
    private static final int MOST_TAGS = 50;

    /** @throws AwsError where STS would refuse them as they stand */
    static SessionScope of(Map<String, String> form, int packedLimit) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (int i = 1; i <= MOST_TAGS && form.containsKey("Tags.member." + i + ".Key"); i++) {
            String value = form.getOrDefault("Tags.member." + i + ".Value", "");
            if (!value.matches("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}")) {
                throw new AwsError(400, "ValidationError", "1 validation error detected: Value at 'tags'");
            }
            tags.put(form.get("Tags.member." + i + ".Key"), value);
        }
        Optional<String> policy = Optional.ofNullable(form.get("Policy"));
        if (policy.filter(text -> text.length() > 2048).isPresent()) {
            throw new AwsError(400, "ValidationError", "Member must have length less than or equal to 2048");
        }
        // The real packing is a compression that nobody describes.
        int packed = policy.map(String::length).orElse(0);
        if (packed > packedLimit) {
            throw new AwsError(
                    400,
                    "PackedPolicyTooLarge",
                    "Packed policy consumes " + packed * 100 / packedLimit + "% of allotted space, please use smaller"
                            + " policy.");
        }
        return new SessionScope(tags, policy.map(SessionScope::statements));
    }

    private static List<AwsSeed.Statement> statements(String policy) {
        try {
            List<AwsSeed.Statement> statements = new ArrayList<>();
            for (JsonNode statement : new ObjectMapper().readTree(policy).path("Statement")) {
                boolean allow = statement.path("Effect").asText().equals("Allow");
                List<String> actions = texts(statement.path("Action"));
                statements.add(new AwsSeed.Statement(
                        allow ? actions : List.of(), allow ? List.of() : actions, texts(statement.path("Resource"))));
            }
            return statements;
        } catch (IOException e) {
            throw new AwsError(400, "MalformedPolicyDocument", "Syntax errors in policy.");
        }
    }

    private static List<String> texts(JsonNode node) {
        if (!node.isArray()) {
            return List.of(node.asText());
        }
        List<String> texts = new ArrayList<>();
        node.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
