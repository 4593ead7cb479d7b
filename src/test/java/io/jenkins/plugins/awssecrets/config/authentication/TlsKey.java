package io.jenkins.plugins.awssecrets.config.authentication;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.ClientIdentity;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TlsContexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A key with a certificate of its own for 127.0.0.1, made by the JDK's keytool. */
record TlsKey(Path file, KeyStore store) {
    static final String PASSWORD = "canary-key-store";
    private static final String ALIAS = "own";

    /** @param name the certificate's common name */
    static TlsKey make(Path folder, String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException(said);
        }
        return new TlsKey(file, KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
    }

    byte[] pkcs12() throws IOException {
        return Files.readAllBytes(file);
    }

    String certificate() throws GeneralSecurityException {
        return pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
    }

    String key() throws GeneralSecurityException {
        return pem("PRIVATE KEY", store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
    }

    /** Of a server that shows this certificate, and asks its clients for one of those. */
    SSLContext serving(TlsKey... clients) throws GeneralSecurityException {
        StringBuilder trusted = new StringBuilder();
        for (TlsKey client : clients) {
            trusted.append(client.certificate());
        }
        return new TlsContexts("test")
                .context(
                        Optional.of(TextOrFile.of(SecretValue.of(trusted.toString()))),
                        Optional.of(new ClientIdentity.Store(store, SecretValue.of(PASSWORD))));
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + what + "-----\n";
    }
}
