package io.jenkins.plugins.awssecrets.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.cli.DemoConfiguration;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One reading of the proxy's environment for all kinds of sources, whose hosts exist behind the proxy only. */
class ProxyOfTheEnvironmentTest {
    @TempDir
    static Path directory;

    private static DemoConfiguration demo;
    private static String config;

    @BeforeAll
    static void start() throws IOException {
        demo = new DemoConfiguration(Seed.parse("""
            ssm: [{name: /ci/a, value: by-proxy}]
            secretsManager: [{name: ci/a, string: by-proxy}]
            vault: {mounts: [{path: secret, type: kv, version: 2, secrets: [{path: a, data: {k: by-proxy}}]}]}
            """));
        config = Files.writeString(directory.resolve("aws-secrets.yaml"), """
            sources:
              - ssm: {region: eu-west-1, endpoint: "http://ssm.corp.invalid", accessKeyId: demo, secretAccessKey: demo}
              - secretsManager: {region: eu-west-1, endpoint: "http://sm.corp.invalid", accessKeyId: demo, secretAccessKey: demo}
              - vault: {url: "http://vault.corp.invalid", auth: {token: {token: demo-root-token}}}
            """).toString();
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    private static Map<String, String> proxies() {
        Map<String, String> proxies = new HashMap<>();
        proxies.put("ssm:/ci/a", demo.backends().ssm().toString());
        proxies.put("sm:ci/a", demo.backends().secretsManager().toString());
        proxies.put("vault:secret/a", demo.backends().vault().toString());
        return proxies;
    }

    private static Cli.Result get(String reference, String proxy, String noProxy) {
        return Cli.run(
                Map.of("HTTP_PROXY", proxy, "NO_PROXY", noProxy),
                new byte[0],
                "--config",
                config,
                "--timeout",
                "15",
                "get",
                reference);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "other.invalid", "corp.invalid:81", "10.0.0.0/8", "xcorp.invalid", "sm.corp"})
    void eachKindOfSourceGoesThroughTheProxy(String noProxy) {
        proxies().forEach((reference, proxy) -> {
            assertThat(get(reference, proxy, noProxy).all()).as(reference).isEqualTo("by-proxy");
            assertThat(get(reference, proxy.replace("http://", ""), noProxy).all())
                    .as("without a scheme: " + reference)
                    .isEqualTo("by-proxy");
            assertThat(get(reference, proxy.replace("http://", "http://jo:p#w@"), noProxy)
                            .all())
                    .as("with a password: " + reference)
                    .isEqualTo("by-proxy");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".corp.invalid",
                "corp.invalid",
                "a, corp.invalid",
                "a corp.invalid",
                "corp.invalid:80",
                "*",
                "*.corp.invalid",
                "CORP.invalid."
            })
    void eachKindOfSourceIsCalledDirectlyWhereTheListSaysSo(String noProxy) {
        proxies().forEach((reference, proxy) -> {
            Cli.Result result = get(reference, proxy, noProxy);
            assertThat(result.status()).as(reference).isEqualTo(69);
            assertThat(result.err()).as(reference).contains("corp.invalid").doesNotContain("proxy 127");
        });
    }

    @Test
    void aDeadProxyIsBlamedAndNotTheBackend() {
        for (String proxy : new String[] {"127.0.0.1:1", "nowhere.invalid:3128"}) {
            proxies().keySet().forEach(reference -> {
                Cli.Result result = get(reference, "http://jo:canary@" + proxy, "");
                assertThat(result.status()).as(reference).isEqualTo(69);
                assertThat(result.err())
                        .as(reference)
                        .contains("proxy " + proxy + " before ", "Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY")
                        .doesNotContain("canary");
            });
        }
    }

    @Test
    void theProxyOfVaultsOwnCommandLineIsForVaultAlone() {
        Map<String, String> environment = Map.of(
                "VAULT_PROXY_ADDR", demo.backends().vault().toString(), "HTTP_PROXY", "127.0.0.1:1", "NO_PROXY", "*");
        String[] get = {"--config", config, "--timeout", "5", "get", "vault:secret/a"};
        assertThat(Cli.run(environment, new byte[0], get).all()).isEqualTo("by-proxy");
        get[5] = "sm:ci/a";
        assertThat(Cli.run(environment, new byte[0], get).status()).isEqualTo(69);
    }

    @Test
    void loopbackIsNeverReachedThroughAProxy() throws IOException {
        String local = demo.write(directory.resolve("local.yaml"), "");
        for (String reference : proxies().keySet()) {
            assertThat(Cli.run(Map.of("HTTP_PROXY", "127.0.0.1:1"), new byte[0], "--config", local, "get", reference)
                            .all())
                    .isEqualTo("by-proxy");
        }
    }

    @Test
    void whatIsNoProxyIsNamed() {
        for (String reference : proxies().keySet()) {
            Cli.Result result = get(reference, "http://jo:ca/nary@p:3128", "");
            assertThat(result.status()).isEqualTo(65);
            assertThat(result.err())
                    .contains("environment variable HTTP_PROXY: not a valid proxy URL")
                    .doesNotContain("nary");
        }
    }
}
