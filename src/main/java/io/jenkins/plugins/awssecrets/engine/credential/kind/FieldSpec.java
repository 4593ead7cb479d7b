package io.jenkins.plugins.awssecrets.engine.credential.kind;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A field of a credential kind.
 *
 * @param name the word in YAML, Job DSL and forms
 * @param secret whether its value is a secret by nature: it takes a reference only, and its value is always masked
 * @param required whether a credential of the kind is of no use without it
 * @param shown whether a log shows its value wherever it is stored; of a field that is no secret and yet not shown, it
 *     hides what comes from a confidential place
 * @param binary whether its value may be bytes that are no text
 * @param members names under which a JSON secret may hold it, the first that is there wins
 * @param variable what the name of the variable that it goes to ends with; empty for none
 * @param tag the tag that gives it to a discovered credential
 */
public record FieldSpec(
        String name,
        boolean secret,
        boolean required,
        boolean shown,
        boolean binary,
        List<String> members,
        Optional<String> variable,
        Optional<String> tag) {

    static FieldSpec secret(String name, String... otherMembers) {
        return of(name, true, otherMembers);
    }

    static FieldSpec plain(String name, String... otherMembers) {
        return of(name, false, otherMembers);
    }

    private static FieldSpec of(String name, boolean secret, String... otherMembers) {
        List<String> members =
                Stream.concat(Stream.of(name), Stream.of(otherMembers)).toList();
        return new FieldSpec(name, secret, true, !secret, false, members, Optional.empty(), Optional.empty());
    }

    FieldSpec optional() {
        return new FieldSpec(name, secret, false, shown, binary, members, variable, tag);
    }

    FieldSpec notShown() {
        return new FieldSpec(name, secret, required, false, binary, members, variable, tag);
    }

    FieldSpec orBinary() {
        return new FieldSpec(name, secret, required, shown, true, members, variable, tag);
    }

    FieldSpec to(String suffix) {
        return new FieldSpec(name, secret, required, shown, binary, members, Optional.of(suffix), tag);
    }

    FieldSpec tagged(String key) {
        return new FieldSpec(name, secret, required, shown, binary, members, variable, Optional.of(key));
    }
}
