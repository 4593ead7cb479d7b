package io.jenkins.plugins.awssecrets.engine.source.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.AuthorizedCalls.Reply;
import java.util.Locale;
import java.util.Map;

/** Withholds an answer that holds the token which the source itself is logged in with. */
final class OwnToken {
    /** A shorter one, such as a development server's {@code root}, may be a word of the value by chance. */
    private static final int SHORTEST_TO_SEARCH = 8;

    private OwnToken() {}

    /** @throws SecretException {@code REFUSED} where the answer has the token in it */
    static void isNotIn(Reply reply, Locator locator) {
        boolean held = reply.token()
                .value()
                .map(token -> holds(reply.answer().json(), "", token.reveal()))
                .orElse(false);
        if (held) {
            throw new SecretException(
                    Problem.REFUSED,
                    locator.toString(),
                    "the answer holds the token that the source itself authenticates with, so it is withheld",
                    "name a secret that does not hold it");
        }
    }

    private static boolean holds(JsonNode node, String name, String token) {
        if (node.isTextual()) {
            return token.length() >= SHORTEST_TO_SEARCH
                    ? node.textValue().contains(token)
                    : node.textValue().equals(token) && namesAToken(name);
        }
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                if (holds(member.getValue(), member.getKey(), token)) {
                    return true;
                }
            }
        }
        if (node.isArray()) {
            for (JsonNode element : node) {
                if (holds(element, name, token)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean namesAToken(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("id") || lower.contains("token");
    }
}
