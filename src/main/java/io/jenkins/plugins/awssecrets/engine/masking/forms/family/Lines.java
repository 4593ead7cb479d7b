package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A text of several lines: how it looks as a whole, and which of its lines are secrets of their own. */
public final class Lines {
    /** Shorter lines are words. */
    private static final int SHORTEST = 8;
    /** The last line of a PEM body is joined to the one before it when it is shorter than this. */
    private static final int SHORTEST_OF_PEM = 16;

    private static final Pattern BREAK = Pattern.compile("\r\n|\n|\r");
    private static final Pattern ARMOUR = Pattern.compile("-{4,5} ?(BEGIN|END) [A-Z0-9 ]+ ?-{4,5}");
    private static final Pattern RULE = Pattern.compile("(.)\\1*");

    private Lines() {}

    public static boolean isMultiLine(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }

    /**
     * The whole with each kind of line break: as it is, {@code \n}, {@code \r\n}, a blank (an unquoted {@code echo}),
     * none, the two characters {@code \n}. Only the text itself when it has one line.
     */
    public static List<String> whole(String text) {
        if (!isMultiLine(text)) {
            return List.of(text);
        }
        String unix = BREAK.matcher(text).replaceAll("\n");
        return List.of(
                text,
                unix,
                unix.replace("\n", "\r\n"),
                unix.replace('\n', ' '),
                unix.replace("\n", ""),
                unix.replace("\n", "\\n"),
                unix.replace("\n", "\\r\\n"));
    }

    /** The whole with what else tools put between lines: paste and tr, cat -A and sed l, terminals, JSON in JSON. */
    static List<String> joined(String text) {
        if (!isMultiLine(text)) {
            return List.of();
        }
        String unix = BREAK.matcher(text).replaceAll("\n");
        return Stream.of(
                        ",", ";", "|", "\r", "$\n", "^M$\n", "\\r$\n", "\r\r\n", "\n\n", "\\\\n", "<br>", "#012", "`n",
                        "\r\\n")
                .map(between -> unix.replace("\n", between))
                .toList();
    }

    /** The lines {@code -----BEGIN ...-----} and their like: hidden as they are, since other keys' logs hold them too. */
    public static List<String> armour(String text) {
        return isMultiLine(text)
                ? BREAK.splitAsStream(text)
                        .map(String::strip)
                        .filter(ARMOUR.asMatchPredicate())
                        .toList()
                : List.of();
    }

    /** What a PEM encodes, in one line; empty for a text that is no PEM. */
    public static Optional<String> body(String text) {
        List<String> armour = armour(text);
        if (armour.isEmpty()) {
            return Optional.empty();
        }
        String body = BREAK.splitAsStream(text)
                .map(String::strip)
                .filter(line -> !armour.contains(line))
                .collect(Collectors.joining());
        return Optional.of(body).filter(b -> b.length() >= SHORTEST_OF_PEM);
    }

    /**
     * The lines that are secrets of their own, without the blanks around them: those of 8 characters or more, except
     * the {@linkplain #armour armour} of a PEM and rules of one repeated character, which every log may hold.
     */
    public static List<String> single(String text) {
        List<String> lines = new ArrayList<>();
        if (!isMultiLine(text)) {
            return lines;
        }
        boolean armoured = false;
        String previous = null;
        for (String raw : BREAK.split(text)) {
            String line = raw.strip();
            if (ARMOUR.matcher(line).matches()) {
                armoured = line.contains("BEGIN");
                previous = null;
                continue;
            }
            if (armoured && line.length() < SHORTEST_OF_PEM && previous != null) {
                lines.add(previous + '\n' + line);
            } else if (line.length() >= SHORTEST && !RULE.matcher(line).matches()) {
                lines.add(line);
            }
            previous = line.isEmpty() ? null : line;
        }
        return lines;
    }
}
