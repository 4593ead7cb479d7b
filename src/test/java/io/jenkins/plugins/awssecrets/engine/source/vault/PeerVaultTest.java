package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.failure;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.found;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.MovableClock;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.keys.TestKeys;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * A real Vault or OpenBao in development mode, such as {@code bin/peers} starts, keeps the contract, with the logins that
 * need no cloud. What it lacks is set up through its API.
 */
@EnabledIfEnvironmentVariable(named = "AWS_SECRETS_PEER_VAULT", matches = "http.*")
class PeerVaultTest extends VaultContract {
    private static final URI URL = URI.create(environment("AWS_SECRETS_PEER_VAULT", "http://unset.invalid"));
    private static final String ROOT = environment("AWS_SECRETS_PEER_VAULT_TOKEN", "root");
    private static final VaultApi ADMIN = new VaultApi(URL, ROOT);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String POLICY = """
        path "secret/data/ci/*" { capabilities = ["read"] }
        path "secret/metadata/ci/" { capabilities = ["list"] }
        path "secret/metadata/ci/*" { capabilities = ["read", "list"] }
        path "kv1/ci/*" { capabilities = ["read"] }
        path "sys/leases/revoke" { capabilities = ["update"] }
        """;

    private static String roleId;
    private static String secretId;

    @TempDir
    Path folder;

    @BeforeAll
    static void setUp() {
        mount("secret", "{\"type\":\"kv\",\"options\":{\"version\":\"2\"}}");
        awaitVersioned("secret", 404);
        mount("kv1", "{\"type\":\"kv\",\"options\":{\"version\":\"1\"}}");
        mount("pki", "{\"type\":\"pki\"}");
        for (String method : new String[] {"approle", "userpass", "jwt", "kubernetes"}) {
            enable(method);
        }
        ADMIN.write(
                "sys/policies/acl/ci",
                JSON.createObjectNode().put("policy", POLICY).toString());
        ADMIN.write("auth/approle/role/ci", "{\"token_policies\":\"ci\",\"token_ttl\":\"1h\"}");
        roleId = ADMIN.read("auth/approle/role/ci/role-id").at("/data/role_id").asText();
        secretId = ADMIN.write("auth/approle/role/ci/secret-id", "{}")
                .at("/data/secret_id")
                .asText();
        ADMIN.write("auth/userpass/users/jane", "{\"password\":\"made-up\",\"token_policies\":\"ci\"}");
        ADMIN.write("pki/root/generate/internal", "{\"common_name\":\"test\",\"ttl\":\"24h\"}");
        ADMIN.write("pki/roles/ci", "{\"allow_any_name\":true,\"generate_lease\":true,\"ttl\":\"1h\"}");
    }

    private static String environment(String name, String other) {
        return Optional.ofNullable(System.getenv(name)).orElse(other);
    }

    private static void mount(String path, String json) {
        ADMIN.status("DELETE", "sys/mounts/" + path, "");
        ADMIN.write("sys/mounts/" + path, json);
    }

    /** A versioned mount makes itself ready for a moment after it was made or upgraded, and answers 400 meanwhile. */
    private static void awaitVersioned(String mount, int status) {
        Instant latest = Instant.now().plusSeconds(30);
        while (ADMIN.status("GET", mount + "/data/ci/db", "") != status) {
            assertThat(Instant.now()).isBefore(latest);
        }
    }

    /** @return false when this server does not have the method */
    private static boolean enable(String method) {
        ADMIN.status("DELETE", "sys/auth/" + method, "");
        return ADMIN.status("POST", "sys/auth/" + method, "{\"type\":\"" + method + "\"}") / 100 == 2;
    }

    @Override
    URI url() {
        return URL;
    }

    @Override
    String rootToken() {
        return ROOT;
    }

    @Override
    String roleId() {
        return roleId;
    }

    @Override
    String secretId() {
        return secretId;
    }

    @Override
    String password() {
        return "made-up";
    }

    @Override
    Lease someLease() {
        JsonNode issued = ADMIN.write("pki/issue/ci", "{\"common_name\":\"a.example\"}");
        return new Lease(
                issued.path("lease_id").asText(), issued.path("lease_duration").asLong(), false);
    }

    @Override
    void revokeAllOf(String authMount) {
        ADMIN.write("sys/leases/revoke-prefix/auth/" + authMount, "{}");
    }

    private static void writeSecret() {
        ADMIN.write("secret/data/ci/db", "{\"data\":{\"k\":\"v\"}}");
    }

    private void assertReads(VaultLogin login) {
        writeSecret();
        try (VaultSource source = source(URL, login)) {
            assertThat(found(source, locator("secret/ci/db")).value().reveal()).isEqualTo("{\"k\":\"v\"}");
        }
    }

    @Test
    void aWrappedSecretIdLogsInOnceAndItsSecondUseIsTold() {
        String wrapping = ADMIN.wrapped("auth/approle/role/ci/secret-id", "{}");
        VaultLogin login =
                new VaultLogin.AppRole("approle", roleId, Optional.of(TextOrFile.of(SecretValue.of(wrapping))), true);
        assertReads(login);
        try (VaultSource source = source(URL, login)) {
            SecretException failure = failure(source, locator("secret/ci/db"));
            assertThat(failure.problem()).isEqualTo(Problem.UNAUTHENTICATED);
            assertThat(failure.reason()).contains("it was already used, or has expired");
        }
    }

    @Test
    void aWrappingOfSomethingElseIsNotUnwrapped() {
        String wrapping = ADMIN.wrapped("sys/wrapping/wrap", "{\"secret_id\":\"planted\"}");
        VaultLogin login =
                new VaultLogin.AppRole("approle", roleId, Optional.of(TextOrFile.of(SecretValue.of(wrapping))), true);
        try (VaultSource source = source(URL, login)) {
            assertThat(failure(source, locator("secret/ci/db")).reason())
                    .contains("was not made by a role of auth/approle");
        }
        assertThat(ADMIN.write("sys/wrapping/lookup", "{\"token\":\"" + wrapping + "\"}")
                        .at("/data/creation_path")
                        .asText())
                .isEqualTo("sys/wrapping/wrap");
    }

    @Test
    void aGivenTokenIsRenewedForRealAndOutlivesTheSource() {
        writeSecret();
        String token = ADMIN.write("auth/token/create", "{\"policies\":[\"ci\"],\"ttl\":\"1h\"}")
                .at("/auth/client_token")
                .asText();
        MovableClock clock = new MovableClock();
        try (VaultSource source = source(URL, new VaultLogin.Token(SecretValue.of(token)), clock)) {
            found(source, locator("secret/ci/db"));
            clock.forward(Duration.ofMinutes(41));
            found(source, locator("secret/ci/db"));
        }
        JsonNode looked = ADMIN.write("auth/token/lookup", "{\"token\":\"" + token + "\"}");
        assertThat(looked.at("/data/last_renewal").isNull()).isFalse();
        assertThat(looked.at("/data/last_renewal").isMissingNode()).isFalse();
    }

    @Test
    void closingRevokesTheTokenOfTheLogin() {
        writeSecret();
        int before = accessors();
        try (VaultSource source = source(URL, appRole())) {
            found(source, locator("secret/ci/db"));
            assertThat(accessors()).isEqualTo(before + 1);
        }
        assertThat(accessors()).isEqualTo(before);
    }

    private static int accessors() {
        return ADMIN.read("auth/token/accessors?list=true").at("/data/keys").size();
    }

    @Test
    void aMountThatIsUpgradedIsReadByItsNewVersion() {
        mount("growing", "{\"type\":\"kv\",\"options\":{\"version\":\"1\"}}");
        ADMIN.write("growing/ci/db", "{\"k\":\"v\"}");
        MovableClock clock = new MovableClock();
        try (VaultSource source = source(URL, new VaultLogin.Token(SecretValue.of(ROOT)), clock)) {
            assertThat(found(source, locator("growing/ci/db")).version()).isEmpty();
            ADMIN.write("sys/mounts/growing/tune", "{\"options\":{\"version\":\"2\"}}");
            awaitVersioned("growing", 200);
            clock.forward(Duration.ofSeconds(1));
            assertThat(found(source, locator("growing/ci/db")).version()).contains("1");
        }
    }

    @Test
    void aJwtLogsIn() throws Exception {
        KeyPair keys = TestKeys.rsa();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        ObjectNode config = JSON.createObjectNode();
        config.putArray("jwt_validation_pubkeys").add(pem);
        ADMIN.write("auth/jwt/config", config.toString());
        ADMIN.write(
                "auth/jwt/role/ci",
                "{\"role_type\":\"jwt\",\"user_claim\":\"sub\",\"bound_audiences\":[\"vault\"],\"token_policies\":\"ci\"}");
        long now = Instant.now().getEpochSecond();

        assertReads(jwt(keys, "{\"sub\":\"ci\",\"aud\":\"vault\",\"iat\":" + now + ",\"exp\":" + (now + 300) + "}"));

        try (VaultSource source =
                source(URL, jwt(keys, "{\"sub\":\"ci\",\"aud\":\"other\",\"exp\":" + (now + 300) + "}"))) {
            assertThat(failure(source, locator("secret/ci/db")).problem()).isEqualTo(Problem.UNAUTHENTICATED);
        }
    }

    private static VaultLogin jwt(KeyPair keys, String claims) throws Exception {
        return new VaultLogin.Jwt("jwt", Optional.of("ci"), TextOrFile.of(SecretValue.of(signed(keys, claims))));
    }

    private static String signed(KeyPair keys, String claims) throws Exception {
        String text = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + base64(signature.sign());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Kubernetes is a server that reviews every token well. */
    @Test
    void aServiceAccountLogsIn() throws Exception {
        try (ScriptedVault kubernetes = new ScriptedVault()) {
            kubernetes.on(
                    "POST /apis/authentication.k8s.io/v1/tokenreviews",
                    201,
                    "{\"kind\":\"TokenReview\",\"apiVersion\":\"authentication.k8s.io/v1\",\"status\":{\"authenticated\":true,"
                            + "\"audiences\":[\"https://kubernetes.default.svc\"],"
                            + "\"user\":{\"username\":\"system:serviceaccount:jenkins:ci\",\"uid\":\"1\","
                            + "\"groups\":[\"system:serviceaccounts\"]}}}");
            ADMIN.write(
                    "auth/kubernetes/config",
                    "{\"kubernetes_host\":\"" + kubernetes.url()
                            + "\",\"disable_local_ca_jwt\":true,\"token_reviewer_jwt\":\"x\"}");
            ADMIN.write(
                    "auth/kubernetes/role/ci",
                    "{\"bound_service_account_names\":\"ci\",\"bound_service_account_namespaces\":\"jenkins\","
                            + "\"token_policies\":\"ci\"}");
            long now = Instant.now().getEpochSecond();
            String claims = "{\"iss\":\"https://kubernetes.default.svc\",\"aud\":[\"https://kubernetes.default.svc\"],"
                    + "\"sub\":\"system:serviceaccount:jenkins:ci\",\"nbf\":"
                    + (now - 60) + ",\"iat\":" + (now - 60) + ",\"exp\":" + (now + 600)
                    + ",\"kubernetes.io\":{\"namespace\":\"jenkins\",\"serviceaccount\":{\"name\":\"ci\",\"uid\":\"1\"}}}";
            Path token = Files.writeString(folder.resolve("token"), signed(TestKeys.rsa(), claims));

            assertReads(new VaultLogin.Kubernetes("kubernetes", "ci", token));
            try (VaultSource source = source(URL, new VaultLogin.Kubernetes("kubernetes", "other", token))) {
                assertThat(failure(source, locator("secret/ci/db")).reason()).contains("role not found");
            }
        }
    }

    /** STS is a server that knows one caller, whom it takes every signature for. */
    @Test
    void anIamPrincipalLogsIn() {
        if (!enable("aws")) {
            org.junit.jupiter.api.Assumptions.abort("this server has no aws auth method");
        }
        try (ScriptedVault sts = new ScriptedVault()) {
            // Vault joins endpoint and path with a slash of its own.
            sts.on("POST /sts//", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "text/xml");
                ScriptedVault.send(
                        exchange,
                        200,
                        ("<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                                        + "<GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/ci</Arn>"
                                        + "<UserId>AIDAEXAMPLE</UserId><Account>123456789012</Account>"
                                        + "</GetCallerIdentityResult></GetCallerIdentityResponse>")
                                .getBytes(StandardCharsets.UTF_8));
            });
            ADMIN.write(
                    "auth/aws/config/client",
                    "{\"sts_endpoint\":\"" + sts.url()
                            + "/sts\",\"sts_region\":\"eu-west-1\",\"iam_server_id_header_value\":\"vault.example\"}");
            ADMIN.write(
                    "auth/aws/role/ci",
                    "{\"auth_type\":\"iam\",\"bound_iam_principal_arn\":\"arn:aws:iam::123456789012:user/ci\","
                            + "\"resolve_aws_unique_ids\":false,\"token_policies\":\"ci\"}");
            assertReads(iam(sts.url(), Optional.of("vault.example")));
            assertThat(sts.seen("POST /sts//").get(0).header("Authorization").orElseThrow())
                    .contains("/eu-west-1/sts/aws4_request");
            try (VaultSource source = source(URL, iam(sts.url(), Optional.empty()))) {
                assertThat(failure(source, locator("secret/ci/db")).reason()).contains("server id header");
            }
        }
    }

    private static VaultLogin iam(URI sts, Optional<String> serverId) {
        return new VaultLogin.AwsIam(
                "aws",
                Optional.of("ci"),
                serverId,
                "eu-west-1",
                Optional.of(sts),
                StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        "AKIAEXAMPLE", UUID.randomUUID().toString())));
    }
}
