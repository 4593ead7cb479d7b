package io.jenkins.plugins.awssecrets.engine.keys;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Private keys for SSH, in a form that {@code ssh} reads. */
public final class SshKeys {
    private static final Pattern AS_WRITTEN = Pattern.compile("\\A-----BEGIN ([A-Z0-9 ]+)-----\\n"
            + "(?:Proc-Type: 4,ENCRYPTED\\nDEK-Info: [A-Z0-9-]+,[0-9A-Fa-f]+\\n\\n)?"
            + "(?:[A-Za-z0-9+/]{1,76}={0,2}\\n)+-----END \\1-----\\n?\\z");

    private SshKeys() {}

    /**
     * The key as {@code ssh} reads it: byte for byte as it is stored where that is well-formed, but for the end of its
     * last line.
     *
     * @param field the subject of errors
     * @throws SecretException for what is no private key that SSH can use, or does not open with the passphrase
     */
    public static SecretValue delivered(String field, SecretValue stored, Optional<SecretValue> passphrase) {
        Unsuitable unsuitable = new Unsuitable(
                field, "a private key", "store the private key, the file without .pub that ssh-keygen writes");
        PemBlock key = KeyText.of(stored).privateKey(unsuitable);
        PemBlock usable = usable(key, passphrase.filter(p -> !p.isEmpty()), unsuitable);
        return isAsWritten(stored) && usable.equals(key) ? endingLine(stored) : SecretValue.of(usable.text());
    }

    /** Whether it is of no use without a passphrase; {@code false} for what is no key. */
    public static boolean needsPassphrase(SecretValue stored) {
        return KeyText.of(stored).blocks().stream()
                .filter(PemBlock::isPrivateKey)
                .anyMatch(block -> block.label().equals(PemBlock.OPENSSH)
                        ? OpenSshKey.of(block.content())
                                .filter(OpenSshKey::encrypted)
                                .isPresent()
                        : block.isEncrypted());
    }

    private static PemBlock usable(PemBlock key, Optional<SecretValue> passphrase, Unsuitable unsuitable) {
        if (key.label().equals(PemBlock.OPENSSH)) {
            OpenSshKey.of(key.content())
                    .orElseThrow(() -> unsuitable.because("the private key is damaged", "store it again, whole"));
            return key;
        }
        if (key.isEncrypted() && passphrase.isEmpty()) {
            // Somebody may be asked for it; whether anybody will be is for who checks the credential to tell.
            return key;
        }
        return new PrivateKeys(unsuitable).forSsh(key, passphrase);
    }

    private static boolean isAsWritten(SecretValue stored) {
        return stored.isText() && AS_WRITTEN.matcher(stored.reveal()).matches();
    }

    private static SecretValue endingLine(SecretValue key) {
        byte[] bytes = key.bytes();
        if (bytes[bytes.length - 1] == '\n') {
            return key;
        }
        byte[] ended = Arrays.copyOf(bytes, bytes.length + 1);
        ended[bytes.length] = '\n';
        return SecretValue.of(ended);
    }
}
