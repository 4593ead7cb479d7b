package io.jenkins.plugins.awssecrets.demo.seed;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A text is no seed. The message names the place, the member and what is expected there, and quotes no value. */
public final class SeedMistake extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String place;
    private final String reason;

    private SeedMistake(String place, String reason) {
        super("seed" + place + ": " + reason);
        this.place = place;
        this.reason = reason;
    }

    static SeedMistake of(JsonProcessingException e) {
        return new SeedMistake(
                Optional.ofNullable(e.getLocation()).map(SeedMistake::place).orElse(""), reason(e));
    }

    /** Line and column as {@code :LINE:COLUMN}; empty where they are not known. */
    public String place() {
        return place;
    }

    public String reason() {
        return reason;
    }

    private static String place(JsonLocation at) {
        return ":" + at.getLineNr() + ":" + at.getColumnNr();
    }

    private static String reason(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            String members = unknown.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .collect(Collectors.joining(", "));
            return "no member '" + unknown.getPropertyName() + "' is known here. Known: " + members;
        }
        if (e instanceof MismatchedInputException mismatched) {
            return member(mismatched) + "expected " + expected(mismatched.getTargetType());
        }
        return "not valid YAML";
    }

    private static String member(MismatchedInputException e) {
        return e.getPath().isEmpty() || e.getPath().get(e.getPath().size() - 1).getFieldName() == null
                ? ""
                : "member '" + e.getPath().get(e.getPath().size() - 1).getFieldName() + "': ";
    }

    private static String expected(Class<?> type) {
        if (type == null) {
            return "another kind of value";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (Map.class.isAssignableFrom(type) || type.isRecord()) {
            return "a mapping of members";
        }
        return type == boolean.class || type == Boolean.class
                ? "true or false"
                : type == String.class ? "text" : "a number";
    }
}
