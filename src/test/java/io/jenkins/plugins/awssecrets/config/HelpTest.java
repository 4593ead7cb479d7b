package io.jenkins.plugins.awssecrets.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The help of every field that is typed into says what to type, with an example to copy. */
class HelpTest {
    private static final Path VIEWS = Path.of("src/main/resources");
    private static final Pattern ENTRY_OR_FIELD = Pattern.compile(
            "<f:entry\\b(?<entry>[^>]*)>|<f:(?:textbox|textarea|password|secretTextarea|combobox|number)\\b");
    private static final Pattern FIELD = Pattern.compile("field=\"(\\w+)\"");

    /** Where the shared form of a rule's builds is put in. */
    private static final String BUILDS = "config/forms/builds.jelly";

    @Test
    void everyFieldThatIsTypedIntoHasHelpWithAnExample() {
        List<Field> fields = fields();

        assertThat(fields).hasSizeGreaterThan(60);
        assertThat(fields.stream().filter(field -> !field.help()
                        .filter(help -> help.contains("<code>"))
                        .isPresent()))
                .as("fields without help, or whose help shows nothing to copy")
                .isEmpty();
    }

    /** @param view the class of the form */
    private record Field(String view, String name) {
        /** As Jenkins finds it: of the class itself, or of one that it extends. */
        Optional<String> help() {
            return superclasses(view)
                    .map(type -> VIEWS.resolve(type.getName().replace('.', '/')).resolve("help-" + name + ".html"))
                    .filter(Files::exists)
                    .findFirst()
                    .map(HelpTest::read);
        }
    }

    private static Stream<Class<?>> superclasses(String view) {
        try {
            Class<?> first = Class.forName(view, false, HelpTest.class.getClassLoader());
            return Stream.iterate(first, type -> type != null, Class::getSuperclass);
        } catch (ClassNotFoundException e) {
            throw new AssertionError("no class for the form of " + view, e);
        }
    }

    private static List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (Path form : forms()) {
            String view = form.endsWith(BUILDS)
                    ? "io.jenkins.plugins.awssecrets.config.rules.BuildRule"
                    : VIEWS.relativize(form.getParent()).toString().replace('/', '.');
            Matcher found = ENTRY_OR_FIELD.matcher(read(form));
            String entry = "";
            while (found.find()) {
                if (found.group("entry") == null) {
                    fields.add(new Field(view, entry));
                } else {
                    Matcher field = FIELD.matcher(found.group("entry"));
                    entry = field.find() ? field.group(1) : "";
                }
            }
        }
        return fields;
    }

    private static List<Path> forms() {
        try (Stream<Path> views = Files.walk(VIEWS)) {
            return views.filter(view -> view.endsWith("config.jelly") || view.endsWith(BUILDS))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
