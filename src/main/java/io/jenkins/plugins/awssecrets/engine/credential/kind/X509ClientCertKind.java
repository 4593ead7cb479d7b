package io.jenkins.plugins.awssecrets.engine.credential.kind;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.keys.Certificates;
import io.jenkins.plugins.awssecrets.engine.keys.Pkcs8Keys;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a client shows to a Docker daemon that listens on TLS. Members besides the fields' own: those of Jenkins' own
 * credential and of Vault's PKI engine.
 */
final class X509ClientCertKind extends CredentialKind {
    private static final String KEY = "clientKey";
    private static final String CERTIFICATE = "clientCertificate";
    private static final String AUTHORITY = "serverCaCertificate";
    private static final String CERT_PATH = "_CERT_PATH";

    X509ClientCertKind() {
        super(
                "x509ClientCert",
                FieldSpec.secret(KEY, "clientKeySecret", "private_key", "key"),
                FieldSpec.plain(CERTIFICATE, "certificate", "cert"),
                FieldSpec.plain(AUTHORITY, "issuing_ca", "ca").optional());
    }

    @Override
    public String defaultPrefix(String id) {
        return "DOCKER";
    }

    @Override
    protected List<String> composed() {
        return List.of(CERT_PATH, "_TLS_VERIFY");
    }

    /** By the names that docker's client reads. */
    @Override
    public void deliver(FieldValues values, Delivery to) {
        to.directory(CERT_PATH, "key.pem", values.required(KEY));
        to.directory(CERT_PATH, "cert.pem", values.required(CERTIFICATE));
        values.value(AUTHORITY).ifPresent(authority -> to.directory(CERT_PATH, "ca.pem", authority));
        to.variable("_TLS_VERIFY", "1");
    }

    @Override
    public Set<String> dependencies(String field) {
        return field.equals(KEY) ? Set.of(CERTIFICATE) : Set.of();
    }

    @Override
    public Map<String, SecretValue> delivered(FieldValues stored) {
        Map<String, SecretValue> delivered = new LinkedHashMap<>();
        for (String field : List.of(CERTIFICATE, AUTHORITY)) {
            stored.value(field)
                    .filter(value -> !value.isEmpty())
                    .ifPresent(value -> delivered.put(field, Certificates.delivered(field, value)));
        }
        stored.value(KEY)
                .ifPresent(key -> delivered.put(
                        KEY, Pkcs8Keys.delivered(KEY, key, Optional.ofNullable(delivered.get(CERTIFICATE)))));
        return delivered;
    }

    @Override
    public List<SecretException> remarks(FieldValues delivered, Instant now) {
        return delivered
                .value(CERTIFICATE)
                .flatMap(Certificates::expiry)
                .filter(ends -> ends.isBefore(now))
                .map(ends -> List.of(new SecretException(
                        Problem.UNSUITABLE,
                        CERTIFICATE,
                        "the certificate expired on "
                                + ends.atZone(ZoneOffset.UTC).toLocalDate(),
                        "store a renewed one")))
                .orElse(List.of());
    }

    @Override
    public boolean isObject(SourceKind source) {
        return true;
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("x509clientcert", "dockerserver", "dockercert");
    }

    @Override
    public Optional<Sensitivity> sensitivity() {
        return Optional.of(Sensitivity.CERTIFICATE);
    }
}
