package io.jenkins.plugins.awssecrets.engine.credential.kind;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.util.Optional;

/** The values of one credential's fields. */
public interface FieldValues {
    /** The credential's id. */
    String id();

    /** The value of a field; empty for an optional field without one. */
    Optional<SecretValue> value(String field);

    /** The value of a required field. */
    SecretValue required(String field);

    /** The value of a field that is text. */
    default Optional<String> text(String field) {
        return value(field).map(SecretValue::reveal);
    }
}
