package io.jenkins.plugins.awssecrets.cli.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.engine.consumers.GitRepository;
import io.jenkins.plugins.awssecrets.engine.consumers.SshServer;
import io.jenkins.plugins.awssecrets.engine.consumers.Tool;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code git clone} from a real server over {@code ssh}, with what a key's credential gives. */
@Timeout(120)
class GitOverSshConsumerTest {
    private final String user = System.getProperty("user.name");

    @TempDir
    Path directory;

    private GitRepository repository;
    private String publicKey;
    private String key;

    @BeforeEach
    void prepare() throws Exception {
        GitRepository.need();
        repository = GitRepository.make(directory);
        Path file = directory.resolve("id");
        Tool.run(directory, Map.of(), "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file.toString());
        key = Files.readString(file);
        publicKey = Files.readString(directory.resolve("id.pub"));
    }

    @Test
    void withAPlainKeyAndWithOneWhoseLineEndsAreThoseOfWindows() throws Exception {
        try (SshServer server = SshServer.start(directory, publicKey, "");
                Bench bench = new Bench(
                        directory,
                        Map.of("plain", key, "windows", key.strip().replace("\n", "\r\n")),
                        credential("plain", "privateKey: \"sm:plain\"")
                                + credential("windows", "privateKey: \"sm:windows\""))) {
            assertThat(bench.exec("plain=K", clone(server, "one"))).isEqualTo("cloned\n");
            assertThat(bench.exec("windows=K", clone(server, "two"))).isEqualTo("cloned\n");
        }
    }

    @Test
    void withAKeyThatNobodyStoresAndThatVaultSigned() throws Exception {
        try (Bench bench =
                new Bench(directory, Map.of(), credential("signed", "vaultSsh: {source: vault, role: ci, ttl: 5m}"))) {
            try (SshServer server = SshServer.start(directory, "", authority(bench.backends()))) {
                assertThat(bench.exec("signed=K", clone(server, "three"))).isEqualTo("cloned\n");
                assertThat(bench.exec("signed=K", "ssh-keygen -L -f $K_CERTIFICATE_FILE"))
                        .contains("user certificate", "        " + user);
                assertThat(server.log()).contains("Accepted publickey for " + user, "ED25519-CERT");
            }
        }
    }

    private String credential(String id, String more) {
        return "  - sshKey: {id: " + id + ", username: \"" + user + "\", " + more + "}\n";
    }

    private String clone(SshServer server, String name) {
        return repository.clone(server, directory.resolve(name));
    }

    private static String authority(DemoBackends backends) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(backends.vault() + "/v1/ssh/config/ca"))
                                .header("X-Vault-Token", Bench.VAULT_TOKEN)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return JsonMapper.builder()
                .build()
                .readTree(answer.body())
                .path("data")
                .path("public_key")
                .asText();
    }
}
