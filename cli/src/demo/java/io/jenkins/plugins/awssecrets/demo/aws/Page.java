package io.jenkins.plugins.awssecrets.demo.aws;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A page of a list; the token of the next one is opaque to a client and holds the index it begins at. */
public record Page<T>(List<T> items, Optional<String> next) {

    /** @throws AwsError {@code InvalidNextToken} or as {@code invalidToken} names it */
    public static <T> Page<T> of(List<T> all, Optional<String> token, int size, String invalidToken) {
        int from = token.map(t -> index(t, invalidToken)).orElse(0);
        int to = Math.min(all.size(), from + size);
        return new Page<>(
                all.subList(Math.min(from, to), to), to < all.size() ? Optional.of(token(to)) : Optional.empty());
    }

    private static String token(int index) {
        return Base64.getEncoder().encodeToString(("page:" + index).getBytes(StandardCharsets.UTF_8));
    }

    private static int index(String token, String invalidToken) {
        try {
            String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            return Integer.parseInt(text.substring("page:".length()));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw AwsError.of(invalidToken, "The specified token is not valid.");
        }
    }
}
