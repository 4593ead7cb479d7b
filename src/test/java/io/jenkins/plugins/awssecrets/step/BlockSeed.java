package io.jenkins.plugins.awssecrets.step;

import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.keys.TestKeys;
import java.security.KeyPair;

/** Secrets of every kind, of each backend, and their declarations. */
final class BlockSeed {
    static final String CREDENTIALS = """
        credentials:
          - dockerRegistry: {id: docker-hub, registry: "ssm:/ci/docker/registry", username: "ssm:/ci/docker/username", password: "sm:ci/docker#password"}
          - string: {id: sonar, secret: "sm:ci/sonar#token"}
          - sshKey: {id: deploy-key, username: deployer, privateKey: "sm:ci/key"}
          - certificate: {id: signing, keyStore: "sm:ci/keystore", password: "sm:ci/sonar#token"}
          - file: {id: settings, fileName: settings.xml, content: "sm:ci/settings"}
          - aws: {id: deploy, from: "sm:ci/aws"}
        discovery: {enabled: false}
        """;

    static final String KEY = TestKeys.openSsh(TestKeys.ed25519());

    private BlockSeed() {}

    private static byte[] keyStore() {
        KeyPair key = TestKeys.ec("secp256r1");
        return TestKeys.store("PKCS12", "canary-sonar-77aa", key, TestKeys.certificate(key, "signing", key, "signing"));
    }

    static Seed seed() {
        return Seed.parse(
                """
                aws:
                  accessKeys:
                    - { id: demo }
                    - { id: AKIACANARYKEY, secret: canary-aws-secret-key }
                  roles:
                    - { arn: "arn:aws:iam::123456789012:role/deployer", externalId: jenkins }
                ssm:
                  - { name: /ci/docker/registry, value: registry.example.com }
                  - { name: /ci/docker/username, value: ci-robot }
                  - { name: /ci/dollars, type: SecureString, value: "canary-a$b$$c" }
                secretsManager:
                  - { name: ci/docker, json: { password: "canary-docker-P@ss" } }
                  - { name: ci/sonar, json: { token: canary-sonar-77aa } }
                  - { name: ci/settings, string: "<settings>canary-settings</settings>" }
                  - { name: ci/aws, json: { accessKeyId: AKIACANARYKEY, secretAccessKey: canary-aws-secret-key, region: eu-west-1 } }
                  - { name: ci/keystore, binary: "@KEY_STORE@" }
                  - { name: ci/key, string: "@KEY@" }
                vault:
                  mounts:
                    - path: database
                      type: database
                      roles:
                        readonly: { ttl: 30m, maxTtl: 2h, fields: { username: "v-{{random}}", password: "canary-{{random}}" } }
                        short: { ttl: 3s, maxTtl: 2h, fields: { password: "canary-{{random}}" } }
                        ending: { ttl: 3s, maxTtl: 5s, fields: { password: "canary-{{random}}" } }
                """.replace("@KEY@", KEY.replace("\n", "\\n")).replace("@KEY_STORE@", TestKeys.base64(keyStore())));
    }
}
