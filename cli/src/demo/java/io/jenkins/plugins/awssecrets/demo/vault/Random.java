package io.jenkins.plugins.awssecrets.demo.vault;

import java.security.SecureRandom;

/** Letters and digits at random. */
final class Random {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final SecureRandom source = new SecureRandom();

    String letters(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(LETTERS.charAt(source.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
