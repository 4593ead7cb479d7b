package io.jenkins.plugins.awssecrets.engine.credential;

import io.jenkins.plugins.awssecrets.engine.credential.kind.FieldSpec;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;

/** Where a field's value comes from. */
public sealed interface FieldValue {
    /** Text that is no secret, as the configuration has it. */
    record Literal(String text) implements FieldValue {}

    /** The value a reference names. */
    record Referenced(Reference reference) implements FieldValue {}

    /**
     * A member of the JSON secret (or Vault secret) that gives the whole credential.
     *
     * @param from the secret, or an object inside of it
     * @param orWhole whether it is the whole secret, where that is not an object with just the members of the kind
     */
    record Member(Reference from, FieldSpec field, boolean orWhole) implements FieldValue {
        public Member(Reference from, FieldSpec field) {
            this(from, field, false);
        }
    }
}
