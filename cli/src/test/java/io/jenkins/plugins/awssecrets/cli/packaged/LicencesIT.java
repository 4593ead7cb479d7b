package io.jenkins.plugins.awssecrets.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The executable file brings the licence of everything that is in it. */
class LicencesIT {
    private static final String FOLDER = "META-INF/licenses/";
    private static final Pattern TEXT = Pattern.compile("`([A-Za-z0-9-]+(?:\\.[0-9])?\\.txt)`");

    @Test
    void everyLibraryIsListedAndEveryTextIsThere() throws IOException {
        try (JarFile jar = new JarFile(Path.of("target", "aws-secrets.jar").toFile())) {
            String list = text(jar, FOLDER + "README.md");
            Set<String> groups = jar.stream()
                    .map(entry -> entry.getName().split("/"))
                    .filter(parts -> parts.length == 5 && parts[1].equals("maven") && parts[4].equals("pom.properties"))
                    .map(parts -> parts[2])
                    .filter(group -> !group.startsWith("io.jenkins."))
                    .collect(Collectors.toSet());

            assertThat(groups).isNotEmpty().allSatisfy(group -> assertThat(list).contains("`" + group + "`"));
            Matcher texts = TEXT.matcher(list);
            assertThat(texts.find()).isTrue();
            do {
                assertThat(text(jar, FOLDER + texts.group(1)))
                        .as(texts.group(1))
                        .hasSizeGreaterThan(500);
            } while (texts.find());
            assertThat(text(jar, "META-INF/LICENSE.md")).contains("MIT License");
            assertThat(jar.getEntry("META-INF/NOTICE")).isNotNull();
        }
    }

    private static String text(JarFile jar, String name) throws IOException {
        assertThat(jar.getEntry(name)).as(name).isNotNull();
        return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
