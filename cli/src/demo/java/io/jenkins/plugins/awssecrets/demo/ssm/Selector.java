package io.jenkins.plugins.awssecrets.demo.ssm;

import java.util.Optional;

/**
 * A parameter as GetParameter and GetParameters name it: {@code name}, {@code name:version} or {@code name:label}.
 *
 * @param name name or ARN
 * @param version number or label
 */
record Selector(String name, Optional<String> version) {
    private static final int ARN_COLONS = 5;

    static Selector parse(String text) {
        int from = 0;
        if (text.startsWith("arn:")) {
            for (int i = 0; i < ARN_COLONS && from >= 0; i++) {
                from = text.indexOf(':', from) + 1;
            }
        }
        int colon = text.indexOf(':', from);
        return colon < 0
                ? new Selector(text, Optional.empty())
                : new Selector(text.substring(0, colon), Optional.of(text.substring(colon + 1)));
    }
}
