package io.jenkins.plugins.awssecrets.engine.masking;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Long secrets as builds have them, with made-up contents. The same seed gives the same secrets. */
final class LongSecrets {
    private static final int KEY_BYTES = 2_375;
    private static final int CERTIFICATE_BYTES = 1_400;
    private static final int KUBECONFIG_CHARACTERS = 16 * 1024;

    private final Random random;

    LongSecrets(long seed) {
        random = new Random(seed);
    }

    /** Those of one build: an RSA-4096 key in PEM, a service account with such a key, a kubeconfig of 16 KiB. */
    List<SecretValue> ofABuild() {
        return List.of(SecretValue.of(pem()), SecretValue.of(serviceAccount()), SecretValue.of(kubeconfig()));
    }

    String pem() {
        byte[] der = new byte[KEY_BYTES];
        random.nextBytes(der);
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PRIVATE KEY-----\n";
    }

    String serviceAccount() {
        return """
            {
              "type": "service_account",
              "project_id": "shop-production",
              "private_key_id": "%s",
              "private_key": "%s",
              "client_email": "deployer@shop-production.iam.gserviceaccount.com",
              "client_id": "1%09d",
              "auth_uri": "https://accounts.google.com/o/oauth2/auth",
              "token_uri": "https://oauth2.googleapis.com/token"
            }
            """.formatted(base64(30), pem().replace("\n", "\\n"), random.nextInt(1_000_000_000));
    }

    String kubeconfig() {
        StringBuilder users = new StringBuilder();
        for (int i = 0; i < 2; i++) {
            users.append("""
                - name: user-%d
                  user:
                    client-certificate-data: %s
                    client-key-data: %s
                """.formatted(i, base64(CERTIFICATE_BYTES), base64(KEY_BYTES)));
        }
        String config = """
            apiVersion: v1
            kind: Config
            current-context: production
            clusters:
            - name: production
              cluster:
                certificate-authority-data: %s
                server: https://kubernetes.example.com:6443
            users:
            %s\
            """.formatted(base64(CERTIFICATE_BYTES), users);
        String token = base64((KUBECONFIG_CHARACTERS - config.length()) * 3 / 4 - 60);
        return config + "- name: robot\n  user:\n    token: " + token + "\n";
    }

    private String base64(int bytes) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        return Base64.getEncoder().encodeToString(content);
    }
}
