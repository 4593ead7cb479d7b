package io.jenkins.plugins.awssecrets.engine.credential.kind;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A file, as it is. */
final class FileKind extends CredentialKind {
    private static final String CONTENT = "content";
    private static final String ENCODING = "encoding";
    private static final String BASE64 = "base64";

    FileKind() {
        super(
                "file",
                FieldSpec.plain("fileName", "filename").optional().tagged(CredentialTags.FILENAME),
                FieldSpec.secret(CONTENT).orBinary(),
                FieldSpec.plain(ENCODING).optional().tagged(CredentialTags.ENCODING));
    }

    @Override
    protected List<String> composed() {
        return List.of("");
    }

    @Override
    public void deliver(FieldValues values, Delivery to) {
        to.file("", fileName(values), values.required(CONTENT));
    }

    @Override
    public Optional<String> expected(String field, String text) {
        return field.equals(ENCODING) && !isBase64(text) ? Optional.of("expected base64") : Optional.empty();
    }

    private static boolean isBase64(String encoding) {
        return encoding.strip().equalsIgnoreCase(BASE64);
    }

    @Override
    public Set<String> dependencies(String field) {
        return field.equals(CONTENT) ? Set.of(ENCODING) : Set.of();
    }

    @Override
    public Map<String, SecretValue> delivered(FieldValues stored) {
        Optional<String> encoding = stored.text(ENCODING).filter(e -> !e.isBlank());
        if (encoding.isEmpty() || stored.value(CONTENT).isEmpty()) {
            return Map.of();
        }
        if (!isBase64(encoding.get())) {
            throw new SecretException(
                    Problem.MALFORMED, ENCODING, "there is no such encoding", "write base64, or leave it out");
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(stored.required(CONTENT).reveal().replaceAll("\\s+", ""));
            return Map.of(CONTENT, SecretValue.of(decoded));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new SecretException(
                    Problem.UNSUITABLE, CONTENT, "it is not base64", "store it in base64, or leave the encoding out");
        }
    }

    /** The declared name without any directory: a name from a tag must not lead out of the private directory. */
    private static String fileName(FieldValues values) {
        String name = values.text("fileName").orElse(values.id());
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return last.isEmpty() || last.equals(".") || last.equals("..") ? "file" : last;
    }

    @Override
    public Optional<String> untagged(FieldSpec field, String secret, SourceKind source) {
        return field.name().equals("fileName") ? Optional.of(secret) : Optional.empty();
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("secretfile");
    }
}
