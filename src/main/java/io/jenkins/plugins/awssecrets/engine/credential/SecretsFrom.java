package io.jenkins.plugins.awssecrets.engine.credential;

import io.jenkins.plugins.awssecrets.engine.reference.Reference;

/** What {@code secrets(from)} names: several values, each of which goes to a variable of its own. */
public sealed interface SecretsFrom {
    /** The id of the source. */
    String source();

    /**
     * All parameters below a path.
     *
     * @param path without a slash at its end
     */
    record Below(String source, String path) implements SecretsFrom {
        /** The parameter of a name as a reference. */
        public Reference parameter(String name) {
            return new Reference(source, name, java.util.Optional.empty(), java.util.Optional.empty());
        }

        /** As it was typed. */
        @Override
        public String toString() {
            return source + ":" + path + "/";
        }
    }

    /** All members of a JSON secret or a Vault secret, or of an object inside of it. */
    record Members(Reference reference) implements SecretsFrom {
        @Override
        public String source() {
            return reference.source();
        }

        /** As it was typed. */
        @Override
        public String toString() {
            return reference.toString();
        }
    }
}
