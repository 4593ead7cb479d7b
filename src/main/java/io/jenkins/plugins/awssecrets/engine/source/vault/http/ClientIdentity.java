package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.MachineUse;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The certificate and private key that Vault's TLS listener is shown. */
public sealed interface ClientIdentity {
    /** All that it uses of this machine. */
    default List<MachineUse> machineUses() {
        return this instanceof Pem pem
                ? Stream.concat(Stream.of(pem.certificates()), pem.privateKey().stream())
                        .flatMap(text -> text.machineUse("a client certificate or key file").stream())
                        .toList()
                : List.of();
    }

    /**
     * PEM texts.
     *
     * @param certificates the certificate and those that lead to its root; with its private key, where that is not given
     *     by itself
     * @param privateKey RSA, EC or Ed25519 in PKCS #1, SEC1, PKCS #8 or OpenSSH's format
     * @param passphrase of an encrypted key
     */
    record Pem(TextOrFile certificates, Optional<TextOrFile> privateKey, Optional<SecretValue> passphrase)
            implements ClientIdentity {
        /** With a key of its own that is not encrypted. */
        public Pem(TextOrFile certificates, TextOrFile privateKey) {
            this(certificates, Optional.of(privateKey), Optional.empty());
        }

        /** Whether the key is missing. What a file holds is known when it is read only. */
        public boolean lacksKey() {
            return privateKey.isEmpty()
                    && certificates instanceof TextOrFile.Text text
                    && !text.value().reveal().contains("PRIVATE KEY");
        }
    }

    /** A key store with one key entry, as a Jenkins certificate credential has. */
    record Store(KeyStore store, SecretValue password) implements ClientIdentity {}
}
