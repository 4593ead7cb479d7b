package io.jenkins.plugins.awssecrets.engine.diagnosis;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.FieldValue;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolvedCredential;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Finds values of one line with a blank or a line break around it, as {@code echo} puts one behind what it prints. */
final class BlankEnds {
    private BlankEnds() {}

    static List<Finding> in(ResolvedCredential credential) {
        CredentialDefinition definition = credential.definition();
        List<Finding> findings = new ArrayList<>();
        credential.values().forEach((name, value) -> {
            boolean text = definition
                    .kind()
                    .field(name)
                    .filter(field -> !field.binary())
                    .isPresent();
            FieldValue from = definition.fields().get(name);
            Optional<Locator> locator = from == null ? Optional.empty() : CredentialReading.locator(from);
            if (text && locator.isPresent()) {
                fault(value)
                        .ifPresent(fault -> findings.add(Finding.of(
                                ResolvedCredential.place(definition, name),
                                locator.get().source(),
                                Cause.BLANK_END,
                                Severity.WARNING,
                                "its value " + fault + ", which is passed on as a part of it",
                                "store the value without it, as printf '%s' prints it and echo does not, if it is no"
                                        + " part of the secret")));
            }
        });
        return findings;
    }

    /** Of a text of several lines, such as a key, the last line break belongs to it. */
    private static Optional<String> fault(SecretValue value) {
        String text = new String(value.bytes(), StandardCharsets.UTF_8);
        if (text.isBlank() || text.strip().chars().anyMatch(isLineBreak())) {
            return Optional.empty();
        }
        char last = text.charAt(text.length() - 1);
        if (isLineBreak().test(last)) {
            return Optional.of("ends with a line break");
        }
        if (Character.isWhitespace(last)) {
            return Optional.of("ends with a blank");
        }
        return Character.isWhitespace(text.charAt(0))
                ? Optional.of("begins with a blank or a line break")
                : Optional.empty();
    }

    private static IntPredicate isLineBreak() {
        return c -> c == '\n' || c == '\r';
    }
}
