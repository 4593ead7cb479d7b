package io.jenkins.plugins.awssecrets.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Links and pictures lead to files and headings that are there. */
class LinksTest {
    @Test
    void everyLinkAndPictureResolves() {
        List<String> broken = Page.all().stream()
                .flatMap(page -> page.links().stream().flatMap(link -> broken(page, link).stream()))
                .toList();

        assertThat(broken).isEmpty();
    }

    @Test
    void aBrokenOneIsNamedByPageAndLine() {
        Page page = Page.of(
                Page.TOP.resolve("docs/x.md"),
                "docs/x.md",
                List.of(
                        "# One heading",
                        "[right](#one-heading), [wrong](#other), `[code](none.md)`",
                        "![picture](images/none.png) and [a page](references.md#no-such-heading)",
                        "```",
                        "[in a block](none.md)",
                        "```",
                        "<source media=\"(prefers-color-scheme: dark)\" srcset=\"none-dark.png\">",
                        "<img alt=\"a picture\" src=\"none.png\">"));

        assertThat(page.links().stream().flatMap(link -> broken(page, link).stream()))
                .containsExactly(
                        "docs/x.md:2: #other: no such heading",
                        "docs/x.md:3: images/none.png: no such file",
                        "docs/x.md:3: references.md#no-such-heading: no such heading",
                        "docs/x.md:7: none-dark.png: no such file",
                        "docs/x.md:8: none.png: no such file");
    }

    @Test
    void everyPageIsReachedFromTheReadme() {
        List<String> linked = Page.all().stream()
                .flatMap(page -> page.links().stream()
                        .map(link -> link.target().replaceFirst("#.*", ""))
                        .filter(target -> !target.isEmpty() && !target.contains(":"))
                        .map(target -> page.file().resolveSibling(target).normalize()))
                .map(file -> Page.TOP.relativize(file).toString())
                .toList();

        assertThat(Page.all().stream().map(Page::name).filter(name -> !name.startsWith("docs/adr/")))
                .as("pages that another page links to")
                .allMatch(name -> name.equals("README.md") || linked.contains(name));
    }

    private static Optional<String> broken(Page page, Page.Link link) {
        String target = URLDecoder.decode(link.target(), StandardCharsets.UTF_8);
        if (target.matches("[a-z]+:.*")) {
            return Optional.empty();
        }
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty()
                ? page.file()
                : page.file().resolveSibling(parts[0]).normalize();
        String place = link.page() + ":" + link.line() + ": " + link.target() + ": ";
        if (!parts[0].isEmpty() && !Files.exists(file)) {
            return Optional.of(place + "no such file");
        }
        boolean known = parts.length == 1
                || (parts[0].isEmpty() ? page : Page.of(file)).anchors().contains(parts[1]);
        return known ? Optional.empty() : Optional.of(place + "no such heading");
    }
}
