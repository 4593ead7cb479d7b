package io.jenkins.plugins.awssecrets.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.cli.Cli;
import io.jenkins.plugins.awssecrets.engine.Permission;
import io.jenkins.plugins.awssecrets.engine.consumers.MotoClient;
import io.jenkins.plugins.awssecrets.engine.policy.IamStatement;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The policies that {@code policy} prints, enforced by moto and by a Vault. */
@Tag("peers")
@Timeout(300)
class PolicyPeersContractTest {
    private static final String MOTO = "AWS_SECRETS_PEER_MOTO";
    private static final String VAULT = "AWS_SECRETS_PEER_VAULT";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String id = UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    Path directory;

    /** moto knows no resources and refuses in its own words, so that what is missing cannot be told by name. */
    @Test
    @EnabledIfEnvironmentVariable(named = MOTO, matches = "http.*")
    void motoLetsTheIamPolicyReadAndNothingLess() throws Exception {
        URI moto = URI.create(System.getenv(MOTO));
        aws(moto, "ssm", "AmazonSSM.PutParameter", Map.of("Name", "/ci/" + id, "Value", "canary", "Type", "String"));
        aws(
                moto,
                "secretsmanager",
                "secretsmanager.CreateSecret",
                Map.of("Name", "ci/" + id, "SecretString", "canary"));
        List<IamStatement> least =
                LeastPolicies.iam(Cli.run("--config", awsConfig(moto, "AKIAADMIN", "any"), "policy", "--format", "iam")
                        .out());
        assertThat(least).extracting(IamStatement::sid).containsExactlyInAnyOrder("ReadParameters", "ReadSecrets");

        new MotoClient(moto).enforcePermissions();
        try {
            assertThat(withUser(moto, least).status()).isZero();
            for (IamStatement removed : least) {
                List<IamStatement> rest = new ArrayList<>(least);
                rest.remove(removed);
                Cli.Result result = withUser(moto, rest);
                assertThat(result.status()).as("without %s", removed.sid()).isNotZero();
                assertThat(result.out())
                        .contains(
                                removed.sid().equals("ReadSecrets")
                                        ? "failed  credential secret"
                                        : "failed  credential parameter");
            }
        } finally {
            new MotoClient(moto).allowEverything();
        }
    }

    private Cli.Result withUser(URI moto, List<IamStatement> statements) throws Exception {
        ObjectNode document = JSON.createObjectNode().put("Version", "2012-10-17");
        statements.forEach(s -> document.withArrayProperty("Statement")
                .addObject()
                .put("Effect", "Allow")
                .put("Resource", "*")
                .withArrayProperty("Action")
                .add(s.actions().get(0)));
        // A refusal without a code counts as an endpoint that is none: the probes of check must pass.
        ObjectNode probes = document.withArrayProperty("Statement").addObject();
        probes.put("Effect", "Allow").put("Resource", "*");
        for (String probe :
                List.of("ssm:DescribeParameters", "secretsmanager:BatchGetSecretValue", "secretsmanager:ListSecrets")) {
            probes.withArrayProperty("Action").add(probe);
        }
        String user = "user-" + UUID.randomUUID();
        iam(moto, "CreateUser", Map.of("UserName", user));
        iam(
                moto,
                "PutUserPolicy",
                Map.of("UserName", user, "PolicyName", "least", "PolicyDocument", document.toString()));
        String key = iam(moto, "CreateAccessKey", Map.of("UserName", user));
        return Cli.run(
                "--config",
                awsConfig(moto, MotoClient.element(key, "AccessKeyId"), MotoClient.element(key, "SecretAccessKey")),
                "--timeout",
                "20",
                "check");
    }

    @Test
    @EnabledIfEnvironmentVariable(named = VAULT, matches = "http.*")
    void vaultLetsTheVaultPolicyReadAndCheckNamesWhatIsMissing() throws Exception {
        URI vault = URI.create(System.getenv(VAULT));
        vault(vault, "sys/mounts/kv2-" + id, "{\"type\":\"kv\",\"options\":{\"version\":\"2\"}}");
        vault(vault, "sys/mounts/kv1-" + id, "{\"type\":\"kv\",\"options\":{\"version\":\"1\"}}");
        try {
            // A new mount of version 2 answers 400 for the moment that it takes to set itself up.
            for (int i = 0;
                    i < 1000
                            && vaultStatus(vault, "kv2-" + id + "/data/ci/db", "{\"data\":{\"password\":\"canary\"}}")
                                    != 200;
                    i++) {
                Thread.onSpinWait();
            }
            vault(vault, "kv2-" + id + "/data/found/one", "{\"data\":{\"one\":\"canary\"}}");
            vault(
                    vault,
                    "kv2-" + id + "/metadata/found/one",
                    "{\"custom_metadata\":{\"jenkins:credentials:type\":\"string\"}}");
            vault(vault, "kv1-" + id + "/app", "{\"key\":\"canary\"}");
            String root = System.getenv("AWS_SECRETS_PEER_VAULT_TOKEN");
            List<LeastPolicies.Rule> least =
                    LeastPolicies.vault(Cli.run("--config", vaultConfig(vault, root), "policy", "--format", "vault")
                            .out());

            assertThat(least).hasSize(4);
            assertThat(checkWith(vault, least).wrong()).isEmpty();
            for (LeastPolicies.Rule rule : least) {
                for (String capability : rule.capabilities()) {
                    List<LeastPolicies.Rule> rest = new ArrayList<>(least);
                    List<String> others = new ArrayList<>(rule.capabilities());
                    others.remove(capability);
                    rest.set(rest.indexOf(rule), new LeastPolicies.Rule(rule.path(), others));
                    assertThat(checkWith(vault, rest).wrong())
                            .as("without %s on %s", capability, rule.path())
                            .isNotEmpty()
                            .allSatisfy(told -> assertThat(told.permission())
                                    .hasValueSatisfying(lacking -> assertThat(names(rule.path(), capability, lacking))
                                            .as("%s", lacking)
                                            .isTrue()));
                }
            }
        } finally {
            send(vault, "DELETE", "/v1/sys/mounts/kv2-" + id, "");
            send(vault, "DELETE", "/v1/sys/mounts/kv1-" + id, "");
        }
    }

    private static boolean names(String path, String capability, Permission lacking) {
        // A token that may do nothing in a mount is not told which engine it is: both paths are named then.
        return lacking.action().equals(capability)
                && Arrays.stream(lacking.resource().split(" or ")).anyMatch(r -> r.startsWith(path.replace("*", "")));
    }

    private CheckReport checkWith(URI vault, List<LeastPolicies.Rule> rules) throws Exception {
        StringBuilder hcl = new StringBuilder();
        rules.stream().filter(r -> !r.capabilities().isEmpty()).forEach(r -> hcl.append("path \"")
                .append(r.path())
                .append("\" { capabilities = [\"")
                .append(String.join("\", \"", r.capabilities()))
                .append("\"] }\n"));
        String policy = "least-" + UUID.randomUUID();
        vault(
                vault,
                "sys/policies/acl/" + policy,
                JSON.createObjectNode().put("policy", hcl.toString()).toString());
        String token = JSON.readTree(send(
                                vault,
                                "POST",
                                "/v1/auth/token/create",
                                "{\"policies\":[\"" + policy + "\"],\"ttl\":\"10m\"}")
                        .body())
                .at("/auth/client_token")
                .asText();
        return CheckReport.of(Cli.run("--config", vaultConfig(vault, token), "--timeout", "20", "check", "--json"));
    }

    private String vaultConfig(URI vault, String token) throws IOException {
        return write("""
                sources:
                  - vault: {url: "%1$s", auth: {token: {token: "%2$s"}}, filter: {pathPrefix: kv2-%3$s/found}}
                credentials:
                  - string: {id: db, secret: "vault:kv2-%3$s/ci/db#password"}
                  - string: {id: app, secret: "vault:kv1-%3$s/app#key"}
                """.formatted(vault, token, id));
    }

    private String awsConfig(URI moto, String key, String secret) throws IOException {
        return write("""
                sources:
                  - ssm: {region: eu-west-1, endpoint: "%1$s", accessKeyId: "%2$s", secretAccessKey: "%3$s"}
                  - secretsManager: {region: eu-west-1, endpoint: "%1$s", accessKeyId: "%2$s", secretAccessKey: "%3$s"}
                credentials:
                  - string: {id: parameter, secret: "ssm:/ci/%4$s"}
                  - string: {id: secret, secret: "sm:ci/%4$s"}
                discovery: {enabled: false}
                """.formatted(moto, key, secret, id));
    }

    private String write(String config) throws IOException {
        return Files.writeString(directory.resolve("aws-secrets.yaml"), config).toString();
    }

    private void vault(URI vault, String path, String body) throws Exception {
        assertThat(vaultStatus(vault, path, body)).as(path).isLessThan(300);
    }

    private int vaultStatus(URI vault, String path, String body) throws Exception {
        return send(vault, "POST", "/v1/" + path, body).statusCode();
    }

    private HttpResponse<String> send(URI vault, String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(vault.resolve(path))
                        .header("X-Vault-Token", System.getenv("AWS_SECRETS_PEER_VAULT_TOKEN"))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void aws(URI moto, String service, String target, Map<String, String> input) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(moto.resolve("/"))
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", target)
                // moto finds service and region in the scope of the signature, which it does not check unless told to.
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIAADMIN/20260101/eu-west-1/" + service
                                + "/aws4_request, SignedHeaders=host, Signature=00")
                .POST(HttpRequest.BodyPublishers.ofString(
                        JSON.valueToTree(input).toString()))
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .as(target)
                .isEqualTo(200);
    }

    private static String iam(URI moto, String action, Map<String, String> parameters) {
        MotoClient client = new MotoClient(moto);
        // Administration is not enforced: who may do what is what is set up here.
        client.allowEverything();
        String answer = client.iam(action, parameters);
        client.enforcePermissions();
        return answer;
    }
}
