package io.jenkins.plugins.awssecrets;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import jenkins.model.Jenkins;

/**
 * The key that a Jenkins identifies itself by, made once for all that a process starts. Each would make its own while
 * it starts, which takes about as long as the rest of its start.
 */
public final class InstanceKey {
    private InstanceKey() {}

    @Initializer(after = InitMilestone.PLUGINS_PREPARED, before = InitMilestone.PLUGINS_STARTED)
    public static void give() throws IOException {
        Path home = Jenkins.get().getRootDir().toPath();
        if (Files.notExists(home.resolve("identity.key.enc"))) {
            Files.writeString(home.resolve("identity.key"), Made.PEM);
        }
    }

    private static final class Made {
        static final String PEM = pem();

        private static String pem() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
                return "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n";
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
