package io.jenkins.plugins.awssecrets.cli.exec;

import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.DemoConfiguration;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the tests of {@code exec} have in common: secrets, credentials made of them, and the way to run it. */
final class ExecDemo {
    static final String CREDENTIALS = """
        credentials:
          - dockerRegistry: {id: hub, registry: registry.example, username: "ssm:/ci/user", password: "sm:ci/docker#password"}
          - file: {id: key-file, fileName: id_rsa, content: "sm:ci/key"}
          - string: {id: nothing, secret: "sm:ci/empty", allowEmpty: true}
          - string: {id: nothing-allowed, secret: "sm:ci/empty"}
          - database: {id: orders, from: "sm:ci/orders"}
          - database: {id: no-json, from: "sm:ci/key"}
          - database: {id: too-little, from: "sm:ci/docker", password: "sm:ci/docker#absent"}
        """;

    private ExecDemo() {}

    static DemoConfiguration start() {
        return new DemoConfiguration(Seed.parse("""
            ssm:
              - {name: /ci/user, value: deploy-bot}
              - {name: /ci/short, type: SecureString, value: ab}
              - {name: /ci/branch, type: SecureString, value: main}
            secretsManager:
              - {name: ci/docker, json: {password: docker-canary-1}}
              - {name: ci/key, string: "-----BEGIN KEY-----\\nkey-canary-2\\n-----END KEY-----\\n"}
              - {name: ci/empty, string: ""}
              - {name: ci/orders, json: {engine: postgres, host: db.example, port: 5432, dbname: orders, username: app, password: db-canary-3}}
              - {name: ci/tagged, string: tagged-canary-4, tags: {"jenkins:credentials:type": string}}
              - {name: ci/binary, binary: AAEC}
            vault:
              mounts:
                - {path: secret, type: kv, version: 2, secrets: [{path: ci/five, data: {a: va-canary, b: vb-canary, c: vc-canary, d: vd-canary, e: ve-canary}}]}
                - {path: database, type: database, roles: {short: {ttl: 3s, fields: {username: "v-{{random}}", password: "{{random}}"}}}}
            """));
    }

    static Cli.Result exec(String config, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--config", config, "exec"));
        all.addAll(Arrays.asList(arguments));
        return Cli.run(all.toArray(String[]::new));
    }
}
