package io.jenkins.plugins.awssecrets.engine.rules;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A pattern of names whose segments are separated by {@code /}: {@code *} stands for any characters within a segment,
 * {@code **} for any characters, {@code ${folder}} and {@code ${job}} for a name of who asks, which is taken literally.
 * Everything else stands for itself.
 *
 * <p>Matching takes at most the product of both lengths, whatever the pattern.
 */
public final class NamePattern {
    private static final int LONGEST = 1024;
    private static final String VARIABLE = "${";

    private final String text;
    private final List<Part> parts;

    private sealed interface Part {
        record Literal(String text) implements Part {}

        record Variable(String name) implements Part {}

        record Any(boolean acrossSegments) implements Part {}
    }

    private NamePattern(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a pattern.
     *
     * @param variables the names that may stand in {@code ${...}}
     * @throws SecretException ({@link Problem#MALFORMED}) with the position and what was expected
     */
    public static NamePattern parse(String text, List<String> variables) {
        if (text.isBlank()) {
            throw malformed(
                    1, "nothing there", "write a name, * for any characters within a segment, ** across segments");
        }
        if (text.length() > LONGEST) {
            throw malformed(LONGEST + 1, "it is too long", "use at most " + LONGEST + " characters");
        }
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int next = at;
            if (text.startsWith(VARIABLE, at)) {
                int end = text.indexOf('}', at);
                String name = end < 0 ? "" : text.substring(at + VARIABLE.length(), end);
                if (!variables.contains(name)) {
                    throw malformed(at + 1, "no such variable here", expected(variables));
                }
                parts.add(new Part.Variable(name));
                next = end + 1;
            } else if (text.charAt(at) == '*') {
                while (next < text.length() && text.charAt(next) == '*') {
                    next++;
                }
                if (next - at > 2) {
                    throw malformed(at + 3, "more than two '*' in a row", "write * or **");
                }
                parts.add(new Part.Any(next - at == 2));
            } else {
                while (next < text.length() && text.charAt(next) != '*' && !text.startsWith(VARIABLE, next)) {
                    next++;
                }
                parts.add(new Part.Literal(text.substring(at, next)));
            }
            at = next;
        }
        return new NamePattern(text, parts);
    }

    private static String expected(List<String> variables) {
        return variables.isEmpty()
                ? "write a name or a pattern of names"
                : "use one of ${" + String.join("}, ${", variables) + "}";
    }

    private static SecretException malformed(int position, String reason, String fix) {
        return new SecretException(Problem.MALFORMED, "pattern", "position " + position + ": " + reason, fix);
    }

    /**
     * Whether the whole name matches.
     *
     * @param values of the variables; a pattern with one that is empty matches nothing, as a job at the top has no folder
     */
    public boolean matches(String name, Map<String, String> values) {
        List<Part> bound = new ArrayList<>(parts.size());
        for (Part part : parts) {
            if (part instanceof Part.Variable variable) {
                String value = values.getOrDefault(variable.name(), "");
                if (value.isEmpty()) {
                    return false;
                }
                bound.add(new Part.Literal(value));
            } else {
                bound.add(part);
            }
        }
        return matches(bound, name);
    }

    /** Follows all ways to match at once: which ends of the name so far does a prefix of the pattern reach? */
    private static boolean matches(List<Part> parts, String name) {
        boolean[] reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (Part part : parts) {
            reached = part instanceof Part.Any any
                    ? after(any, reached, name)
                    : after((Part.Literal) part, reached, name);
            if (reached.length == 0) {
                return false;
            }
        }
        return reached[name.length()];
    }

    private static boolean[] after(Part.Literal literal, boolean[] reached, String name) {
        boolean[] next = new boolean[reached.length];
        boolean some = false;
        for (int at = 0; at + literal.text().length() < next.length; at++) {
            if (reached[at] && name.startsWith(literal.text(), at)) {
                next[at + literal.text().length()] = true;
                some = true;
            }
        }
        return some ? next : new boolean[0];
    }

    private static boolean[] after(Part.Any any, boolean[] reached, String name) {
        boolean[] next = reached.clone();
        for (int at = 1; at < next.length; at++) {
            next[at] |= next[at - 1] && (any.acrossSegments() || name.charAt(at - 1) != '/');
        }
        return next;
    }

    /** Whether it begins as this does, variables and wildcards aside. */
    boolean startsWith(String prefix) {
        return text.startsWith(prefix);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NamePattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text that it was read from. */
    @Override
    public String toString() {
        return text;
    }
}
