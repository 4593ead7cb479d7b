package io.jenkins.plugins.awssecrets.engine.credential.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KindsTest {
    private static final Pattern ONE_KIND = Pattern.compile("\\bKinds\\.[A-Z_]{2,}\\b");

    @Test
    void symbolsTagsAndVariablesAreUnambiguous() {
        assertThat(Kinds.tagNames()).doesNotHaveDuplicates();
        assertThat(Kinds.all().stream().flatMap(kind -> kind.otherNames().stream()))
                .doesNotHaveDuplicates();
        for (CredentialKind kind : Kinds.all()) {
            assertThat(kind.variables()).as(kind.symbol()).isNotEmpty().doesNotHaveDuplicates();
            assertThat(kind.fields()).as(kind.symbol()).anyMatch(field -> field.secret() && field.required());
        }
    }

    @Test
    void everyKindIsFoundByItsSymbolAndItsTagNames() {
        for (CredentialKind kind : Kinds.all()) {
            assertThat(Kinds.ofSymbol(kind.symbol())).containsSame(kind);
            assertThat(kind.tagNames())
                    .allSatisfy(tag -> assertThat(Kinds.ofTag(tag)).containsSame(kind));
        }
    }

    @Test
    void nothingInTheEngineOrTheCommandLineAsksForOneKind() throws IOException {
        for (String root : List.of("src/main/java/io/jenkins/plugins/awssecrets/engine", "cli/src/main/java")) {
            try (Stream<Path> files = Files.walk(top().resolve(root))) {
                assertThat(files.filter(file -> file.toString().endsWith(".java")))
                        .isNotEmpty()
                        .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(ONE_KIND));
            }
        }
    }

    /** The tests of level 1 run in {@code cli}, those of level 2 at the top. */
    private static Path top() {
        Path here = Path.of("").toAbsolutePath();
        return here.endsWith("cli") ? here.getParent() : here;
    }
}
