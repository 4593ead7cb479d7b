package io.jenkins.plugins.awssecrets.cli.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One page in Markdown.
 *
 * @param name its path in the repository
 */
record Page(Path file, String name, List<Block> blocks, List<Link> links, Set<String> anchors) {
    static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern FENCE = Pattern.compile("^ *(```+) *(\\S*).*$");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.*?) *#*$");
    private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*]\\(([^)\\s]+)[^)]*\\)");
    /** Pictures that are there in light and dark are written in HTML. */
    private static final Pattern IMAGE = Pattern.compile("<(?:img|source)\\b[^>]*? src(?:set)?=\"([^\"]+)\"");

    private static final Pattern CODE = Pattern.compile("(`+)(?:(?!\\1).)*\\1");

    /** A piece between fences. */
    record Block(String page, int line, String language, String text) {
        boolean is(String... languages) {
            return Set.of(languages).contains(language);
        }

        /** How a failure names it. */
        String place() {
            return page + ":" + line;
        }
    }

    /** Where a link or a picture leads, as it is written. */
    record Link(String page, int line, String target) {}

    /** README and everything below {@code docs/} and {@code examples/}. */
    static List<Page> all() {
        try (Stream<Path> docs = Files.walk(TOP.resolve("docs"));
                Stream<Path> examples = Files.walk(TOP.resolve("examples"))) {
            return Stream.of(Stream.of(TOP.resolve("README.md")), docs, examples)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(Page::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Block> blocks(String... languages) {
        return all().stream().flatMap(page -> page.blocks().stream()).filter(block -> block.is(languages));
    }

    static Page of(Path file) {
        try {
            return of(file, TOP.relativize(file).toString(), Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Page of(Path file, String name, List<String> lines) {
        List<Block> blocks = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        Set<String> anchors = new LinkedHashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                int begin = i;
                i = end(lines, i, fence.group(1));
                blocks.add(new Block(name, begin + 1, fence.group(2), text(lines.subList(begin + 1, i))));
                continue;
            }
            Matcher heading = HEADING.matcher(lines.get(i));
            if (heading.matches()) {
                String anchor = anchor(heading.group(1));
                int count = seen.merge(anchor, 1, Integer::sum);
                anchors.add(count == 1 ? anchor : anchor + "-" + (count - 1));
            }
            String text = CODE.matcher(lines.get(i)).replaceAll("x");
            for (Pattern pattern : List.of(LINK, IMAGE)) {
                int line = i + 1;
                pattern.matcher(text).results().forEach(link -> links.add(new Link(name, line, link.group(1))));
            }
        }
        return new Page(file, name, List.copyOf(blocks), List.copyOf(links), Set.copyOf(anchors));
    }

    private static int end(List<String> lines, int begin, String fence) {
        for (int i = begin + 1; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(fence)) {
                return i;
            }
        }
        return lines.size();
    }

    /** Without the indent that a list gives it. */
    private static String text(List<String> lines) {
        return String.join("\n", lines).stripIndent() + "\n";
    }

    /** As GitHub makes them of headings. */
    private static String anchor(String heading) {
        return heading.replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1")
                .replace("`", "")
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
