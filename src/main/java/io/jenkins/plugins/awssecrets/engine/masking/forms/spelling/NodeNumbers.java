package io.jenkins.plugins.awssecrets.engine.masking.forms.spelling;

import java.util.ArrayList;
import java.util.List;

/**
 * The bytes as Node's {@code console.log} shows an array of more than six numbers: in columns, right-aligned ({@code
 * groupArrayElements} in Node's {@code lib/internal/util/inspect.js}). Each line is a form, without its indentation; a
 * short last one is joined to the line before.
 */
public final class NodeNumbers {
    /** Node shows so many entries of an array and counts the others. */
    private static final int SHOWN = 100;

    private static final int SMALLEST_IN_COLUMNS = 7;
    private static final int SEPARATOR = 2;
    /** Shorter lines would match by chance. */
    private static final int SHORTEST = 16;

    /** An array by itself, in an object, and in an object of an object. */
    private static final List<String> INDENTATIONS = List.of("  ", "    ", "      ");

    private static final int MOST_COLUMNS = 12;

    private NodeNumbers() {}

    public static List<String> lines(byte[] bytes) {
        int entries = Math.min(bytes.length, SHOWN);
        if (entries < SMALLEST_IN_COLUMNS) {
            return List.of();
        }
        String[] numbers = new String[entries];
        int total = 0;
        int longest = 0;
        for (int i = 0; i < entries; i++) {
            numbers[i] = Integer.toString(bytes[i] & 0xff);
            total += numbers[i].length() + SEPARATOR;
            longest = Math.max(longest, numbers[i].length());
        }
        return inColumns(numbers, columns(entries, total, longest + SEPARATOR)).stream()
                .map(String::strip)
                .toList();
    }

    /** So many that the block is about as wide as high; the width of the terminal is no limit to numbers this short. */
    private static int columns(int entries, int total, int width) {
        double bias = Math.sqrt(width - (double) total / entries);
        double biased = Math.max(width - 3 - bias, 1);
        return (int) Math.min(Math.round(Math.sqrt(2.5 * biased * entries) / biased), MOST_COLUMNS);
    }

    private static List<String> inColumns(String[] numbers, int columns) {
        int[] widths = new int[columns];
        for (int i = 0; i < numbers.length; i++) {
            widths[i % columns] = Math.max(widths[i % columns], numbers[i].length());
        }
        List<String> lines = new ArrayList<>();
        for (int start = 0; start < numbers.length; start += columns) {
            StringBuilder line = new StringBuilder();
            for (int i = start; i < Math.min(start + columns, numbers.length); i++) {
                line.append(i == start ? "" : ", ").append(padded(numbers[i], widths[i - start]));
            }
            lines.add(line.toString());
        }
        String last = lines.get(lines.size() - 1);
        if (last.length() < SHORTEST && lines.size() > 1) {
            lines.remove(last);
            String before = lines.get(lines.size() - 1);
            INDENTATIONS.forEach(indentation -> lines.add(before + ",\n" + indentation + last));
        }
        return lines;
    }

    private static String padded(String number, int width) {
        return " ".repeat(width - number.length()) + number;
    }
}
