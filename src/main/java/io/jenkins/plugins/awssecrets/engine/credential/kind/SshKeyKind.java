package io.jenkins.plugins.awssecrets.engine.credential.kind;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A private key for SSH, with the name to log in with. */
final class SshKeyKind extends CredentialKind {
    SshKeyKind() {
        super(
                "sshKey",
                FieldSpec.plain("username").optional().to("_USERNAME").tagged(CredentialTags.USERNAME),
                FieldSpec.secret("privateKey", "private_key"),
                FieldSpec.secret("passphrase").optional().to("_PASSPHRASE"));
    }

    @Override
    protected List<String> composed() {
        return List.of("_KEY_FILE");
    }

    @Override
    public void deliver(FieldValues values, Delivery to) {
        to.file("_KEY_FILE", "key", endsWithNewline(values.required("privateKey")));
    }

    /** OpenSSH refuses a key file whose last line does not end, and secrets are often stored without that end. */
    private static SecretValue endsWithNewline(SecretValue key) {
        byte[] bytes = key.bytes();
        if (bytes.length == 0 || bytes[bytes.length - 1] == '\n') {
            return key;
        }
        byte[] ended = Arrays.copyOf(bytes, bytes.length + 1);
        ended[bytes.length] = '\n';
        return SecretValue.of(ended);
    }

    @Override
    public boolean isObject(SourceKind source) {
        return source == SourceKind.VAULT;
    }

    /** The other provider has it so: no tag, no name. */
    @Override
    public Optional<String> untagged(FieldSpec field, String secret, SourceKind source) {
        return field.name().equals("username") && !isObject(source) ? Optional.of("") : Optional.empty();
    }

    @Override
    public Set<String> tagNames() {
        return Set.of("sshUserPrivateKey");
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("basicsshuserprivatekey", "sshprivatekey");
    }
}
