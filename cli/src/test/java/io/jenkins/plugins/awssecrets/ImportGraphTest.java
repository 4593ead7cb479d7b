package io.jenkins.plugins.awssecrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package of the plugin imports which: one direction, no circle. */
class ImportGraphTest {
    private static final Pattern PACKAGE =
            Pattern.compile("(?m)^package io\\.jenkins\\.plugins\\.awssecrets\\.?([a-z.]*);");
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import (?:static )?io\\.jenkins\\.plugins\\.awssecrets\\.((?:[a-z]+\\.)*)[A-Z]");
    private static final Pattern OF_JENKINS =
            Pattern.compile("(?m)^import (?:static )?(?:hudson|jenkins|org\\.kohsuke|com\\.cloudbees)\\.");

    /** Each room of the configuration imports only rooms before it. */
    private static final List<String> ROOMS = List.of(
            "config.forms",
            "config.authentication",
            "config.sources",
            "config.credentials",
            "config",
            "config.trial",
            "config.code");

    private final Map<String, Set<String>> imports = new TreeMap<>();
    private final List<String> engineWithJenkins = new ArrayList<>();

    ImportGraphTest() throws IOException {
        Path cli = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
        try (Stream<Path> files = Files.walk(cli.resolveSibling("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                read(Files.readString(file), file);
            }
        }
    }

    private void read(String text, Path file) {
        Matcher own = PACKAGE.matcher(text);
        assertThat(own.find()).as("package of %s", file).isTrue();
        Set<String> from = imports.computeIfAbsent(own.group(1), name -> new TreeSet<>());
        IMPORT.matcher(text)
                .results()
                .map(found -> found.group(1).replaceAll("\\.$", ""))
                .filter(name -> !name.equals(own.group(1)))
                .forEach(from::add);
        if (own.group(1).startsWith("engine") && OF_JENKINS.matcher(text).find()) {
            engineWithJenkins.add(file.getFileName().toString());
        }
    }

    @Test
    void theEngineImportsNothingAboveItAndNothingOfJenkins() {
        assertThat(engineWithJenkins).isEmpty();
        imports.forEach((name, from) -> {
            if (name.startsWith("engine")) {
                assertThat(from).as(name).allMatch(other -> other.startsWith("engine"));
            }
        });
    }

    @Test
    void packagesMakeNoCircle() {
        Set<String> left = new HashSet<>(imports.keySet());
        // Takes away what imports nothing that is left, until nothing more goes: what stays is in a circle or above
        // one.
        while (left.removeIf(name -> imports.get(name).stream().noneMatch(left::contains))) {
            continue;
        }
        assertThat(left).isEmpty();
    }

    @Test
    void theRoomsOfTheConfigurationImportOnlyThoseBeforeThem() {
        assertThat(imports.keySet().stream().filter(name -> name.startsWith("config")))
                .containsExactlyInAnyOrderElementsOf(ROOMS);
        for (String room : ROOMS) {
            assertThat(imports.get(room).stream().filter(ROOMS::contains))
                    .as(room)
                    .allMatch(other -> ROOMS.indexOf(other) < ROOMS.indexOf(room));
        }
    }
}
