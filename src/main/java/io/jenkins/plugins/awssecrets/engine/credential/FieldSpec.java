package io.jenkins.plugins.awssecrets.engine.credential;

import java.util.List;

/**
 * A field of a credential kind.
 *
 * @param name the word in YAML, Job DSL and forms
 * @param secret whether its value is a secret by nature: it takes a reference only, and its value is always masked
 * @param required whether a credential of the kind is of no use without it
 * @param binary whether its value may be bytes that are no text
 * @param members names under which a JSON secret may hold it, the first that is there wins
 */
public record FieldSpec(String name, boolean secret, boolean required, boolean binary, List<String> members) {
    static FieldSpec secret(String name, String... otherMembers) {
        return new FieldSpec(name, true, true, false, members(name, otherMembers));
    }

    static FieldSpec plain(String name, String... otherMembers) {
        return new FieldSpec(name, false, true, false, members(name, otherMembers));
    }

    FieldSpec optional() {
        return new FieldSpec(name, secret, false, binary, members);
    }

    FieldSpec orBinary() {
        return new FieldSpec(name, secret, required, true, members);
    }

    private static List<String> members(String name, String... others) {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(name), java.util.Arrays.stream(others))
                .toList();
    }
}
