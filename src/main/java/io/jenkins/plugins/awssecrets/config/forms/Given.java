package io.jenkins.plugins.awssecrets.config.forms;

import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import java.util.Optional;

/** Secrets as they come out of forms and files. */
public final class Given {
    private Given() {}

    /** {@code null} for an empty one: forms post a field that is left empty. */
    public static Secret secret(Secret secret) {
        return Secret.toString(secret).isBlank() ? null : secret;
    }

    public static Optional<SecretValue> value(Secret secret) {
        return Optional.ofNullable(secret).map(given -> SecretValue.of(given.getPlainText()));
    }

    public static Optional<SecretValue> text(String text) {
        return Optional.ofNullable(text).map(SecretValue::of);
    }

    /**
     * A text that is given as it is or by the file that holds it.
     *
     * @param fileKey the key of {@code file}, which is where an error points to
     */
    public static Optional<TextOrFile> textOrFile(Optional<SecretValue> text, String fileKey, String file) {
        if (text.isPresent() && file != null) {
            throw Malformed.at(fileKey, "the text itself is set as well", "keep one of the two");
        }
        return text.map(TextOrFile::of)
                .or(() -> Optional.ofNullable(file).map(path -> TextOrFile.of(Malformed.file(fileKey, path))));
    }
}
