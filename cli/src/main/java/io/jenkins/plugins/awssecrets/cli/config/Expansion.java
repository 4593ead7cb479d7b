package io.jenkins.plugins.awssecrets.cli.config;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Puts environment variables into texts as configuration as code does: {@code ${NAME}}, {@code ${NAME:-default}}, and
 * {@code ^${} for a dollar sign and brace that mean themselves. A default may hold variables in turn; a variable's value
 * is taken as it is.
 */
final class Expansion {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Map<String, String> environment;

    Expansion(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @throws Unexpandable telling why, for the caller to add the place */
    String expand(String text) {
        if (text.indexOf("${") < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("^${", at)) {
                out.append("${");
                at += 3;
            } else if (text.startsWith("${", at)) {
                int end = closing(text, at + 2);
                out.append(value(text.substring(at + 2, end)));
                at = end + 1;
            } else {
                out.append(text.charAt(at++));
            }
        }
        return out.toString();
    }

    /** The value of a variable; empty where it is not set, or blank. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static int closing(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            if (text.startsWith("${", i)) {
                depth++;
                i++;
            } else if (text.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        throw new Unexpandable("'${' without '}'", "write ^${ for the characters themselves");
    }

    private String value(String expression) {
        int colon = expression.indexOf(":-");
        String name = colon < 0 ? expression : expression.substring(0, colon);
        if (!NAME.matcher(name).matches()) {
            throw new Unexpandable(
                    "no variable name between '${' and '}'",
                    "write ${NAME} or ${NAME:-default}, or ^${ for the characters themselves");
        }
        Function<String, String> unset = n -> {
            if (colon < 0) {
                throw new Unexpandable(
                        "the environment variable " + n + " is not set", "set it, or write ${" + n + ":-default}");
            }
            return expand(expression.substring(colon + 2));
        };
        String value = environment.get(name);
        return value == null ? unset.apply(name) : value;
    }

    /** Why a text cannot be expanded; never the text. */
    static final class Unexpandable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String fix;

        Unexpandable(String reason, String fix) {
            super(reason);
            this.fix = fix;
        }

        String fix() {
            return fix;
        }
    }
}
