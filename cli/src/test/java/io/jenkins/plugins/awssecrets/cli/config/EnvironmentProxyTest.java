package io.jenkins.plugins.awssecrets.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.HttpProxy;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxyTest {
    @ParameterizedTest
    @CsvSource({
        "http://proxy.example:3128, proxy.example, 3128",
        "proxy.example:3128, proxy.example, 3128",
        "http://proxy.example/, proxy.example, 1080",
        "http://jo:secret@proxy.example:3128, proxy.example, 3128",
        "http://[::1]:3128, [::1], 3128",
        "HTTP://proxy.example:3128, proxy.example, 3128",
        "' proxy.example:3128 ', proxy.example, 3128",
        "10.1.2.3:3128, 10.1.2.3, 3128",
        "proxy_1:3128/, proxy_1, 3128",
        "http://jo:p#w@proxy.example:3128, proxy.example, 3128",
    })
    void aProxyIsReadInTheFormsThatProgramsTake(String text, String host, int port) {
        for (String name : new String[] {"HTTPS_PROXY", "https_proxy"}) {
            InetSocketAddress address = (InetSocketAddress)
                    chosen(Map.of(name, text), "https://vault.example:8200").address();

            assertThat(address.getHostString()).isEqualTo(host);
            assertThat(address.getPort()).isEqualTo(port);
        }
    }

    @Test
    void eachSchemeHasItsOwn() {
        Map<String, String> both = Map.of("HTTPS_PROXY", "http://secure:1", "HTTP_PROXY", "http://plain:2");

        assertThat(chosen(both, "https://v").address()).hasToString("secure/<unresolved>:1");
        assertThat(chosen(both, "http://v").address()).hasToString("plain/<unresolved>:2");
        assertThat(chosen(Map.of("HTTP_PROXY", "http://plain:2"), "https://v")).isEqualTo(Proxy.NO_PROXY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.com | https://example.com | true",
                "example.com | https://vault.Example.com:8200 | true",
                ".example.com | https://vault.example.com | true",
                "*.example.com | https://vault.example.com | true",
                "other, EXAMPLE.com ,third | https://example.com | true",
                "10.0.0.7 | https://10.0.0.7:8200 | true",
                "10.0.0.0/8 | https://10.200.1.7:8200 | true",
                "127.0.0.0/8 | https://127.0.3.1 | true",
                "10.0.0.0/8 | https://11.0.0.1 | false",
                "10.0.0.0/8 | https://10.example.com | false",
                "10.0.0.0/99 | https://10.0.0.1 | false",
                "fd00::/8 | https://[fd12::1]:8200 | true",
                "fd00::/8 | https://10.0.0.1 | false",
                "* | https://example.com | true",
                "example.com:8200 | https://example.com:8200 | true",
                "example.com:443 | https://example.com | true",
                "example.com:8200 | https://example.com | false",
                "example.com | https://notexample.com | false",
                ".example.com | https://example.com | true",
                ".corp.example | https://ssm.corp.example | true",
                "a, example.com | https://example.com | true",
                "a example.com b | https://example.com | true",
                "example.com. | https://example.com | true",
                "[fd00::1] | https://[fd00::1]:8200 | true",
                "example.com:80 | http://example.com | true",
                "example.com | https://example.com.evil | false",
                "other | http://localhost:8200 | true",
                "other | http://127.0.0.1:8200 | true",
                "other | http://[::1]:8200 | true",
            })
    void whatIsNotToGoThroughIsCalledDirectly(String noProxy, String url, boolean direct) {
        Map<String, String> environment =
                Map.of("HTTPS_PROXY", "http://p:1", "HTTP_PROXY", "http://p:1", "NO_PROXY", noProxy);

        assertThat(chosen(environment, url).equals(Proxy.NO_PROXY)).isEqualTo(direct);
    }

    @ParameterizedTest
    @CsvSource({
        "http://jo:p#w@proxy.example:3128, jo, p#w",
        "jo:p%23w%2F@proxy.example:3128, jo, p#w/",
        "http://jo:a@b:c@proxy.example:3128, jo, a@b:c",
        "http://corp%5Cjo:100%@proxy.example:3128, corp\\jo, 100%",
        "http://jo@proxy.example:3128, jo,",
    })
    void aProxysUserAndPasswordAreRead(String text, String user, String password) {
        HttpProxy proxy = EnvironmentProxy.of(Map.of("https_proxy", text))
                .orElseThrow()
                .via(URI.create("https://vault.example"))
                .orElseThrow();

        assertThat(proxy.host()).isEqualTo("proxy.example");
        assertThat(proxy.user()).contains(user);
        assertThat(proxy.password().map(SecretValue::reveal)).isEqualTo(Optional.ofNullable(password));
    }

    @Test
    void theVariableForAllIsForThoseWithoutTheirOwnAndLowerCaseGoesFirst() {
        Map<String, String> environment =
                Map.of("ALL_PROXY", "any:1", "http_proxy", "lower:2", "HTTP_PROXY", "upper:3");

        assertThat(chosen(environment, "https://v").address()).hasToString("any/<unresolved>:1");
        assertThat(chosen(environment, "http://v").address()).hasToString("lower/<unresolved>:2");
    }

    @Test
    void anEmptyVariableIsAsOneThatIsNotSet() {
        assertThat(chosen(Map.of("https_proxy", "", "HTTPS_PROXY", "upper:1"), "https://v")
                        .address())
                .hasToString("upper/<unresolved>:1");
        assertThat(chosen(Map.of("HTTPS_PROXY", "", "all_proxy", "any:1"), "https://v")
                        .address())
                .hasToString("any/<unresolved>:1");
        assertThat(chosen(Map.of("HTTPS_PROXY", "p:1", "no_proxy", "", "NO_PROXY", "v"), "https://v"))
                .isEqualTo(Proxy.NO_PROXY);
    }

    @Test
    void vaultsOwnVariablesTakePrecedenceForVault() {
        Map<String, String> all = Map.of(
                "VAULT_PROXY_ADDR",
                "http://first:1",
                "VAULT_HTTP_PROXY",
                "second:2",
                "HTTPS_PROXY",
                "p:3",
                "NO_PROXY",
                "*");
        assertThat(EnvironmentProxy.ofVault(all)
                        .orElseThrow()
                        .select(URI.create("https://v"))
                        .get(0)
                        .address())
                .hasToString("first/<unresolved>:1");
        assertThat(EnvironmentProxy.ofVault(Map.of("VAULT_HTTP_PROXY", "second:2"))
                        .orElseThrow()
                        .select(URI.create("http://v"))
                        .get(0)
                        .address())
                .hasToString("second/<unresolved>:2");
        assertThat(EnvironmentProxy.ofVault(Map.of("HTTPS_PROXY", "p:3"))).isEmpty();
        assertThatThrownBy(() -> EnvironmentProxy.ofVault(Map.of("VAULT_PROXY_ADDR", "socks5://canary")))
                .hasMessageContaining("environment variable VAULT_PROXY_ADDR: not a valid proxy URL")
                .hasMessageNotContaining("canary");
    }

    @Test
    void withoutTheVariablesThereIsNone() {
        assertThat(EnvironmentProxy.of(Map.of("HTTPS_PROXY", " ", "NO_PROXY", "*")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socks5://canary:1080",
                "http://jo:ca/nary@canary:1",
                "https://canary:3128",
                "http://canary:99999",
                "http://canary:0",
                "://canary",
                "canary host"
            })
    void whatIsNoProxyIsNamedAndNotRepeated(String text) {
        assertThatThrownBy(() -> EnvironmentProxy.of(Map.of("HTTPS_PROXY", text)))
                .isInstanceOfSatisfying(SecretException.class, e -> {
                    assertThat(e.problem()).isEqualTo(Problem.MALFORMED);
                    assertThat(e.getMessage())
                            .contains("environment variable HTTPS_PROXY: not a valid proxy URL")
                            .doesNotContain("canary");
                });
    }

    private static Proxy chosen(Map<String, String> environment, String url) {
        return EnvironmentProxy.of(environment)
                .orElseThrow()
                .select(URI.create(url))
                .get(0);
    }
}
