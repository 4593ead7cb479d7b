package io.jenkins.plugins.awssecrets.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EngineKnowsNoJenkinsTest {
    private static final Pattern FOREIGN = Pattern.compile(
            "\\b(hudson|jenkins|org\\.kohsuke|org\\.jenkinsci|com\\.cloudbees)\\.[a-z]+\\.|^import (static )?(hudson|jenkins)\\.",
            Pattern.MULTILINE);

    @Test
    void noSourceFileOfTheEngineNamesAJenkinsPackage() throws IOException {
        Path root = Path.of("src/main/java");
        Path engine = (Files.isDirectory(root.resolve("io/jenkins/plugins/awssecrets/engine"))
                        ? root
                        : Path.of("..").resolve(root))
                .resolve("io/jenkins/plugins/awssecrets/engine");
        try (Stream<Path> files = Files.walk(engine)) {
            List<Path> sources =
                    files.filter(f -> f.toString().endsWith(".java")).toList();
            assertThat(sources).hasSizeGreaterThan(20);
            assertThat(sources).noneMatch(EngineKnowsNoJenkinsTest::namesJenkins);
        }
    }

    private static boolean namesJenkins(Path file) {
        try {
            String ours = Files.readString(file).replace("io.jenkins.plugins.awssecrets.", "");
            return FOREIGN.matcher(ours).find();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
