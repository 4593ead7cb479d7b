package io.jenkins.plugins.awssecrets.engine.source.vault.login;

/** What a token may look like: the HTTP client quotes a header's value when it refuses it, so it must not come to that. */
final class TokenText {
    private static final int MAX_LENGTH = 8192;

    private TokenText() {}

    static boolean fitsHeader(String token) {
        return !token.isEmpty() && token.length() <= MAX_LENGTH && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
