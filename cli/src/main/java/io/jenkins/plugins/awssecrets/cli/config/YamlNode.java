package io.jenkins.plugins.awssecrets.cli.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A piece of YAML with its place. */
sealed interface YamlNode {
    Place place();

    /** What it is, for errors. */
    String what();

    /** @param entries in the file's order */
    record Mapping(Place place, Map<String, Entry> entries) implements YamlNode {
        @Override
        public String what() {
            return "a map";
        }
    }

    /** @param keyPlace where the key stands */
    record Entry(Place keyPlace, YamlNode value) {}

    record Sequence(Place place, List<YamlNode> items) implements YamlNode {
        @Override
        public String what() {
            return "a list";
        }
    }

    /**
     * @param text as written, without quotes and escapes
     * @param wordOfComment what stands behind it in its line after {@code #}, where that is one word
     */
    record Scalar(Place place, String text, Optional<String> wordOfComment) implements YamlNode {
        @Override
        public String what() {
            return "a text";
        }

        @Override
        public String toString() {
            return "text at " + place;
        }
    }

    /** {@code key:} with nothing behind it, or {@code null}. */
    record Nothing(Place place) implements YamlNode {
        @Override
        public String what() {
            return "nothing";
        }
    }

    /** {@code *name}: refused wherever it is used. */
    record Alias(Place place) implements YamlNode {
        @Override
        public String what() {
            return "an alias (a text that begins with '*' needs quotes)";
        }
    }
}
