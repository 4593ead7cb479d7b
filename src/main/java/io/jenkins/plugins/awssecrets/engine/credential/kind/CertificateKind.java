package io.jenkins.plugins.awssecrets.engine.credential.kind;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A key store with a client certificate and its key. */
final class CertificateKind extends CredentialKind {
    CertificateKind() {
        super(
                "certificate",
                FieldSpec.secret("keyStore", "key_store", "keystore").orBinary(),
                FieldSpec.secret("password").optional().to("_PASSWORD"));
    }

    @Override
    protected List<String> composed() {
        return List.of("_KEYSTORE");
    }

    @Override
    public void deliver(FieldValues values, Delivery to) {
        to.file("_KEYSTORE", "keystore.p12", values.required("keyStore"));
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("x509clientcert");
    }

    @Override
    public Optional<Sensitivity> sensitivity() {
        return Optional.of(Sensitivity.CERTIFICATE);
    }
}
