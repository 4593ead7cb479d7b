package io.jenkins.plugins.awssecrets.cli.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.dataformat.yaml.snakeyaml.error.MarkedYAMLException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one YAML document with the places of its nodes. Tags and a second document are refused here, aliases where one
 * is used. The parser's own messages quote the text around an error, so none of them is passed on.
 */
final class YamlReader {
    private static final int DEEPEST = 32;

    /** A field's name, and no longer text. */
    private static final Pattern WORD_OF_COMMENT = Pattern.compile("[ \\t]+#([A-Za-z0-9_./~-]{1,64})[ \\t]*");

    private final String file;
    private final YAMLParser parser;
    private final List<String> lines;
    private int depth;

    private YamlReader(String file, String text, YAMLParser parser) {
        this.file = file;
        this.lines = text.lines().toList();
        this.parser = parser;
    }

    /**
     * Reads a document; an empty file is an empty map.
     *
     * @throws io.jenkins.plugins.awssecrets.engine.SecretException ({@code MALFORMED}) with the place
     */
    static YamlNode read(String file, String text) {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            return new YamlReader(file, text, parser).document();
        } catch (MarkedYAMLException e) {
            YamlMistake mistake = YamlMistake.of(String.valueOf(e.getOriginalMessage()));
            throw place(file, e).malformed("", mistake.reason(), mistake.fix());
        } catch (JsonEOFException e) {
            throw place(file, e.getLocation())
                    .malformed(
                            "",
                            "the file ends inside of brackets",
                            "close the bracket; what follows a '#' after a blank is a comment");
        } catch (JsonProcessingException e) {
            throw place(file, e.getLocation()).malformed("", YamlMistake.UNKNOWN.reason(), YamlMistake.UNKNOWN.fix());
        } catch (IOException e) {
            throw new UncheckedIOException("memory refused a read", e);
        }
    }

    private YamlNode document() throws IOException {
        if (parser.nextToken() == null) {
            return new YamlNode.Mapping(new Place(file, 1, 1), Map.of());
        }
        YamlNode root = node("");
        if (parser.nextToken() != null) {
            throw place().malformed("", "a second document", "keep one document in the file");
        }
        return root;
    }

    private YamlNode node(String path) throws IOException {
        Place place = place();
        if (depth >= DEEPEST) {
            throw place.malformed("", "nested too deep", "nest at most " + DEEPEST + " levels");
        }
        if (parser.isCurrentAlias()) {
            // Jackson tells no anchors of texts, so those of maps alone could be followed: none is.
            return new YamlNode.Alias(place);
        }
        if (parser.getTypeId() != null) {
            throw place.malformed(path, "a tag", "write the value without '!'");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT, START_ARRAY -> container(path, place);
            case VALUE_NULL -> new YamlNode.Nothing(place);
            default -> new YamlNode.Scalar(place, parser.getText(), wordOfComment());
        };
    }

    /** {@code sm:ci/hub #password}: where a blank is before it, YAML takes the rest of the line for a comment. */
    private Optional<String> wordOfComment() {
        JsonLocation end = parser.currentLocation();
        if (end == null || end.getLineNr() < 1 || end.getLineNr() > lines.size()) {
            return Optional.empty();
        }
        String line = lines.get(end.getLineNr() - 1);
        int column = Math.max(0, end.getColumnNr() - 1);
        if (column > line.codePointCount(0, line.length())) {
            return Optional.empty();
        }
        Matcher comment = WORD_OF_COMMENT.matcher(line.substring(line.offsetByCodePoints(0, column)));
        return comment.matches() ? Optional.of(comment.group(1)) : Optional.empty();
    }

    private YamlNode container(String path, Place place) throws IOException {
        depth++;
        YamlNode node = parser.currentToken() == JsonToken.START_OBJECT ? mapping(path, place) : sequence(path, place);
        depth--;
        return node;
    }

    private YamlNode mapping(String path, Place place) throws IOException {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Place keyPlace = place();
            String key = parser.currentName();
            parser.nextToken();
            YamlNode value = node(child(path, key));
            if (entries.put(key, new YamlNode.Entry(keyPlace, value)) != null) {
                throw keyPlace.malformed(path, "duplicate key", "keep one of the two");
            }
        }
        return new YamlNode.Mapping(place, entries);
    }

    /** A key that is none of ours may be a secret in the wrong line: it is not repeated. */
    private static String child(String path, String key) {
        String shown = key.matches("[A-Za-z]{1,24}") ? key : "?";
        return path.isEmpty() ? shown : path + "." + shown;
    }

    private YamlNode sequence(String path, Place place) throws IOException {
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(path + "[" + items.size() + "]"));
        }
        return new YamlNode.Sequence(place, items);
    }

    private Place place() {
        return place(file, parser.currentTokenLocation());
    }

    /** Where the scanner stumbled; the exception's own location is that of the last token before. */
    private static Place place(String file, MarkedYAMLException e) {
        return e.getProblemMark() == null
                ? place(file, e.getLocation())
                : new Place(
                        file,
                        e.getProblemMark().getLine() + 1,
                        e.getProblemMark().getColumn() + 1);
    }

    private static Place place(String file, JsonLocation location) {
        return location == null
                ? new Place(file, 1, 1)
                : new Place(file, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }
}
