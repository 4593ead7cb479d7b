package io.jenkins.plugins.awssecrets.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ImportsTest {
    private static final String ALL = "io.jenkins.plugins.awssecrets";
    private static final String ENGINE = ALL + ".engine";
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import (?:static )?([a-z][a-z0-9_]*(?:\\.[a-z][a-zA-Z0-9_]*)*)\\.[A-Z*]");

    private static final List<String> MAIN = List.of("src/main/java", "cli/src/main/java", "cli/src/demo/java");

    /** The packages that each package imports. */
    private final Map<String, Set<String>> imports = imports(MAIN);

    @Test
    void theEngineKnowsNeitherJenkinsNorAnybodyAboveIt() {
        imports.forEach((name, imported) -> {
            if (isIn(name, ENGINE)) {
                assertThat(imported)
                        .as("imports of " + name)
                        .noneMatch(other -> isIn(other, "hudson")
                                || isIn(other, "jenkins")
                                || isIn(other, "org.jenkinsci")
                                || isIn(other, "org.kohsuke")
                                || isIn(other, "com.cloudbees")
                                || isIn(other, ALL) && !isIn(other, ENGINE));
            }
        });
    }

    @Test
    void theDemoBackendsDoNotKnowTheEngineThatIsTestedAgainstThem() {
        assertThat(imports.keySet().stream().filter(name -> isIn(name, ALL + ".demo")))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(imports.get(name)).noneMatch(other -> isIn(other, ENGINE)));
    }

    @Test
    void noPackageImportsItselfByWayOfOthers() {
        for (String name :
                imports(List.of("src/main/java", "cli/src/main/java")).keySet()) {
            assertThat(way(name, name)).as("a circle of imports").isEmpty();
        }
    }

    @Test
    void theRoomsOfTheConfigurationImportOnlyThoseBeforeThem() {
        assertRoomsInTheirOrder(
                ALL + ".config",
                ".forms",
                ".rules",
                ".authentication",
                ".sources",
                ".credentials",
                "",
                ".trial",
                ".code");
    }

    @Test
    void theRoomsOfTheCommandLineImportOnlyThoseBeforeThem() {
        assertRoomsInTheirOrder(
                ALL + ".cli",
                ".output",
                ".config",
                ".options",
                ".catalog",
                ".policy",
                ".check",
                ".values",
                ".exec",
                ".mask",
                ".migration",
                ".setup",
                "");
    }

    private void assertRoomsInTheirOrder(String house, String... order) {
        List<String> rooms = Stream.of(order).map(room -> house + room).toList();
        assertThat(imports.keySet().stream().filter(name -> isIn(name, house)))
                .containsExactlyInAnyOrderElementsOf(rooms);
        for (String room : rooms) {
            assertThat(imports.get(room).stream().filter(rooms::contains))
                    .as(room)
                    .allMatch(other -> rooms.indexOf(other) < rooms.indexOf(room));
        }
    }

    @Test
    void aCircleIsFound() {
        imports.put("one", Set.of("two"));
        imports.put("two", Set.of("three"));
        imports.put("three", Set.of("one"));

        assertThat(way("one", "one")).contains(List.of("one", "two", "three", "one"));
    }

    /** The shortest way from one package to another by its imports. */
    private Optional<List<String>> way(String from, String to) {
        Deque<List<String>> ways = new ArrayDeque<>(List.of(List.of(from)));
        Set<String> seen = new TreeSet<>();
        while (!ways.isEmpty()) {
            List<String> way = ways.remove();
            for (String next : imports.getOrDefault(way.get(way.size() - 1), Set.of())) {
                List<String> longer = new ArrayList<>(way);
                longer.add(next);
                if (next.equals(to)) {
                    return Optional.of(longer);
                } else if (seen.add(next)) {
                    ways.add(longer);
                }
            }
        }
        return Optional.empty();
    }

    private static Map<String, Set<String>> imports(List<String> directories) {
        Map<String, Set<String>> imports = new TreeMap<>();
        for (Path file : directories.stream()
                .flatMap(directory -> Repository.files(directory, ".java").stream())
                .toList()) {
            String source = Repository.read(file);
            String name = first(PACKAGE, source).orElseThrow();
            Set<String> imported = imports.computeIfAbsent(name, any -> new TreeSet<>());
            IMPORT.matcher(source)
                    .results()
                    .map(found -> found.group(1))
                    .filter(other -> !other.equals(name))
                    .forEach(imported::add);
        }
        return imports;
    }

    private static Optional<String> first(Pattern pattern, String text) {
        return Stream.of(pattern.matcher(text))
                .filter(m -> m.find())
                .map(m -> m.group(1))
                .findFirst();
    }

    private static boolean isIn(String name, String other) {
        return name.equals(other) || name.startsWith(other + ".");
    }
}
