package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.MachineUse;
import java.security.KeyStore;
import java.util.List;
import java.util.stream.Stream;

/** The certificate and private key that Vault's TLS listener is shown. */
public sealed interface ClientIdentity {
    /** All that it uses of this machine. */
    default List<MachineUse> machineUses() {
        return this instanceof Store
                ? List.of()
                : Stream.of(((Pem) this).certificates(), ((Pem) this).privateKey())
                        .flatMap(text -> text.machineUse("a client certificate or key file").stream())
                        .toList();
    }

    /**
     * PEM texts.
     *
     * @param certificates the certificate, then those that lead to its root
     * @param privateKey PKCS #8 ({@code BEGIN PRIVATE KEY}), not encrypted: RSA, EC or Ed25519
     */
    record Pem(TextOrFile certificates, TextOrFile privateKey) implements ClientIdentity {}

    /** A key store with one key entry, as a Jenkins certificate credential has. */
    record Store(KeyStore store, SecretValue password) implements ClientIdentity {}
}
