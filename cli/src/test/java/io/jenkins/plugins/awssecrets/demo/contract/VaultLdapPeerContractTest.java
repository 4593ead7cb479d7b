package io.jenkins.plugins.awssecrets.demo.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Logging in to a real Vault that asks an LDAP directory. */
@Tag(Peers.TAG)
@Timeout(120)
@EnabledIfEnvironmentVariable(named = Peers.VAULT, matches = ".+", disabledReason = "Vault does not run; see bin/peers")
class VaultLdapPeerContractTest {
    private static final String BASE = "dc=example,dc=org";

    private RealVault vault;
    private InMemoryDirectoryServer directory;

    @BeforeEach
    void start() throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
        config.addAdditionalBindCredentials("cn=vault", "bind-secret");
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("ldap", InetAddress.getLoopbackAddress(), 0, null));
        directory = new InMemoryDirectoryServer(config);
        directory.add("dn: " + BASE, "objectClass: top", "objectClass: domain", "dc: example");
        directory.add("dn: ou=people," + BASE, "objectClass: organizationalUnit", "ou: people");
        directory.add("dn: ou=groups," + BASE, "objectClass: organizationalUnit", "ou: groups");
        directory.add(
                "dn: uid=jane,ou=people," + BASE,
                "objectClass: inetOrgPerson",
                "uid: jane",
                "cn: Jane",
                "sn: Doe",
                "userPassword: made-up");
        directory.startListening();

        vault = new RealVault(Peers.vault(), System.getenv(Peers.VAULT_TOKEN), Optional.empty());
        vault.root().post(vault.versioned() + "/data/allowed/a", "{\"data\":{\"k\":\"v\"}}");
        vault.enable("ldap");
        vault.root()
                .post(
                        "auth/" + vault.mount("ldap") + "/config",
                        new ObjectMapper()
                                .writeValueAsString(Map.of(
                                        "url",
                                        "ldap://127.0.0.1:" + directory.getListenPort(),
                                        "userdn",
                                        "ou=people," + BASE,
                                        "userattr",
                                        "uid",
                                        "groupdn",
                                        "ou=groups," + BASE,
                                        "binddn",
                                        "cn=vault",
                                        "bindpass",
                                        "bind-secret",
                                        "token_policies",
                                        vault.policyName())));
    }

    @AfterEach
    void stop() {
        vault.close();
        directory.shutDown(true);
    }

    private Reading reading(String password) {
        VaultLogin login = new VaultLogin.Ldap(vault.mount("ldap"), "jane", SecretValue.of(password));
        return new Reading(new VaultSource("vault", VaultSettings.of(Peers.vault(), login), SourceFilter.NONE));
    }

    @Test
    void aUserOfTheDirectoryReads() {
        Reading reading = reading("made-up");

        assertThat(reading.text(vault.versioned() + "/allowed/a")).isEqualTo("{\"k\":\"v\"}");
        reading.source().close();
    }

    @Test
    void aWrongPasswordIsNoLogin() {
        Reading reading = reading("wrong");

        SecretException why = reading.failure(reading.locator(vault.versioned() + "/allowed/a"));
        assertThat(why.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(why.getMessage()).doesNotContain("uid=jane");
        reading.source().close();
    }

    @Test
    void aDirectoryThatIsDownIsAFaultOfTheServerAndNoWrongPassword() {
        Reading reading = reading("made-up");
        directory.shutDown(true);

        SecretException why = reading.failure(reading.locator(vault.versioned() + "/allowed/a"));
        assertThat(why.problem()).isEqualTo(Problem.UNREACHABLE);
        assertThat(why.reason()).contains("server error (500)");
        reading.source().close();
    }
}
