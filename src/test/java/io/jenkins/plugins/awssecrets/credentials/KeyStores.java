package io.jenkins.plugins.awssecrets.credentials;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;

/** Key stores for tests, made by the JDK's own tool. */
final class KeyStores {
    private static final String DRAFT_PASSWORD = "changeit";

    private KeyStores() {}

    static String keytool() {
        return Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    }

    /** A PKCS#12 store with one key and its self-signed certificate, under the alias {@code deploy}. */
    static byte[] pkcs12(String password) {
        try {
            Path file = Files.createTempDirectory("keystore").resolve("draft.p12");
            Process made = new ProcessBuilder(
                            keytool(),
                            "-genkeypair",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            DRAFT_PASSWORD,
                            "-alias",
                            "deploy",
                            "-dname",
                            "CN=deploy",
                            "-keyalg",
                            "EC")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(made.getInputStream().readAllBytes());
            if (made.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            return protectedBy(password, open(Files.readAllBytes(file), DRAFT_PASSWORD));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore open(byte[] content, String password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(content), password.toCharArray());
        return store;
    }

    private static byte[] protectedBy(String password, KeyStore draft) throws IOException, GeneralSecurityException {
        Key key = draft.getKey("deploy", DRAFT_PASSWORD.toCharArray());
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("deploy", key, password.toCharArray(), draft.getCertificateChain("deploy"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, password.toCharArray());
        return out.toByteArray();
    }
}
