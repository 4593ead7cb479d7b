package io.jenkins.plugins.awssecrets.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pictures of the pages, which {@code bin/pictures} takes. */
class PicturesTest {
    private static final Path PICTURES = Page.TOP.resolve("docs/pictures");
    private static final long LARGEST = 180 * 1024;
    private static final Pattern WITHOUT_TEXT =
            Pattern.compile("!\\[]\\(|<img(?![^>]* alt=\"[^\"]{10,}\")[^>]*>", Pattern.CASE_INSENSITIVE);

    @Test
    void theyShowTheViewsAsTheyAre() throws Exception {
        List<String> views = Files.readAllLines(PICTURES.resolve("views.sha256"));

        assertThat(views).isNotEmpty();
        for (String view : views) {
            String[] digestAndFile = view.split("  ", 2);
            Path file = Page.TOP.resolve(digestAndFile[1]);
            assertThat(Files.exists(file) ? digest(file) : "")
                    .as("digest of %s, which has changed since its pictures were taken: run bin/pictures", file)
                    .isEqualTo(digestAndFile[0]);
        }
    }

    @Test
    void eachIsShownSomewhereAndSmall() throws IOException {
        Set<Path> shown = Page.all().stream()
                .flatMap(page -> page.links().stream()
                        .filter(link -> link.target().endsWith(".png"))
                        .map(link -> page.file().resolveSibling(link.target()).normalize()))
                .collect(Collectors.toSet());

        assertThat(pictures()).isNotEmpty().allSatisfy(picture -> {
            assertThat(shown).as("pictures that a page shows").contains(picture);
            assertThat(Files.size(picture)).as(picture.toString()).isLessThanOrEqualTo(LARGEST);
        });
    }

    @Test
    void eachHasATextForThoseWhoDoNotSeeIt() throws IOException {
        for (Page page : Page.all()) {
            assertThat(WITHOUT_TEXT.matcher(Files.readString(page.file())).find())
                    .as("a picture without a text in " + page.name())
                    .isFalse();
        }
    }

    private static List<Path> pictures() throws IOException {
        try (Stream<Path> files = Files.list(PICTURES)) {
            return files.filter(file -> file.toString().endsWith(".png")).toList();
        }
    }

    private static String digest(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
