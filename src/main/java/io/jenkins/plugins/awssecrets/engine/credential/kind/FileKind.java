package io.jenkins.plugins.awssecrets.engine.credential.kind;

import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A file, as it is. */
final class FileKind extends CredentialKind {
    FileKind() {
        super(
                "file",
                FieldSpec.plain("fileName", "filename").optional().tagged(CredentialTags.FILENAME),
                FieldSpec.secret("content").orBinary());
    }

    @Override
    protected List<String> composed() {
        return List.of("");
    }

    @Override
    public void deliver(FieldValues values, Delivery to) {
        to.file("", fileName(values), values.required("content"));
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
