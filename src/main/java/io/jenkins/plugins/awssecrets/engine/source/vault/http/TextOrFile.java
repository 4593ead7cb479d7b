package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import io.jenkins.plugins.awssecrets.engine.FileFailure;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.MachineUse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** A text that the configuration gives as it is, or by the file that holds it. */
public sealed interface TextOrFile {
    /** The text itself. */
    record Text(SecretValue value) implements TextOrFile {}

    /** A file that is read each time its text is needed, so that a renewed one counts. */
    record File(Path path) implements TextOrFile {}

    /**
     * A text that is asked for when it is needed, such as an environment variable's.
     *
     * @param ask throws a {@link SecretException} where there is none
     */
    record Asked(Supplier<SecretValue> ask) implements TextOrFile {}

    /** The size that no certificate bundle, key or token comes near, in bytes. */
    int MAX_BYTES = 1 << 20;

    static TextOrFile of(SecretValue value) {
        return new Text(value);
    }

    static TextOrFile of(Path file) {
        return new File(file);
    }

    /**
     * The file of this machine that is read for it; none for a text.
     *
     * @param what what the file is, for a message
     */
    default Optional<MachineUse> machineUse(String what) {
        return this instanceof File ? Optional.of(new MachineUse.File(what)) : Optional.empty();
    }

    /**
     * The text, without blanks and line ends around it.
     *
     * @param subject what an error names as failed
     * @param what what the text is, for an error: {@code the secret id}
     * @param problem of the error
     * @throws SecretException when the file cannot be read, is empty, is no UTF-8 text or has
     *     more than 1 MiB
     */
    default SecretValue read(String subject, String what, Problem problem) {
        if (this instanceof Text text) {
            return stripped(text.value(), new Unusable(subject, what, problem));
        }
        if (this instanceof Asked asked) {
            return stripped(asked.ask().get(), new Unusable(subject, what, problem));
        }
        Path path = ((File) this).path();
        Unusable unusable = new Unusable(subject, what + " in " + path, problem);
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw unusable.because("has more than 1 MiB", "use the right file");
            }
            SecretValue value = SecretValue.of(bytes);
            Arrays.fill(bytes, (byte) 0);
            return stripped(value, unusable);
        } catch (IOException e) {
            throw unusable.because(
                    FileFailure.reason(path, e), "create the file and make it readable for this process");
        }
    }

    private static SecretValue stripped(SecretValue value, Unusable unusable) {
        if (!value.isText()) {
            throw unusable.because("is not UTF-8 text", "provide it as text");
        }
        String text = value.reveal().strip();
        if (text.isEmpty()) {
            throw unusable.because("is empty", "provide a value");
        }
        return SecretValue.of(text);
    }

    /** The errors about one text. */
    record Unusable(String subject, String what, Problem problem) {
        private SecretException because(String why, String fix) {
            return new SecretException(problem, subject, what + " " + why, fix);
        }
    }
}
