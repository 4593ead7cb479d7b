package io.jenkins.plugins.awssecrets.engine.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.masking.Masker;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A log hides what is secret in a document, and shows the rest. */
class ShownMembersTest {
    private static final String ORDERS = """
        {
          "engine": "postgres",
          "host": "orders.db.example.com",
          "port": 5432,
          "dbname": "orders",
          "username": "orders_app",
          "password": "canary $pass'word"
        }\
        """;

    private final Map<Locator, SecretPayload> payloads = new LinkedHashMap<>();
    private final BindingPlan plan = new BindingPlan();

    @Test
    void aDatabaseKeepsAllButItsPasswordReadable() {
        secret("prod/orders", ORDERS);
        plan.credential(define("db", Kinds.DATABASE, Map.of("from", "sm:prod/orders")), Optional.empty());

        assertShown("psql jdbc:postgresql://orders.db.example.com:5432/orders as orders_app");
        assertShown("Migrating schema orders (postgresql 15), 12 orders copied");
        assertShown("  \"host\": \"orders.db.example.com\",\n  \"port\": 5432,\n");
        assertHidden("canary $pass'word", "canary%20%24pass%27word", "Y2FuYXJ5ICRwYXNzJ3dvcmQ=");
        assertThat(masked(ORDERS)).isEqualTo("****");
        assertThat(masked(ORDERS.replaceAll("\\s+(?=[\"}])", "").replace(": ", ":")))
                .isEqualTo("****");
    }

    @Test
    void aUsernameIsHiddenWhereItIsDeclaredToBeSecret() {
        secret("prod/orders", ORDERS);
        plan.credential(
                define("db", Kinds.DATABASE, Map.of("from", "sm:prod/orders")).withUsernameSecret(Optional.of(true)),
                Optional.empty());

        assertThat(masked("psql jdbc:postgresql://orders.db.example.com:5432/orders as orders_app"))
                .isEqualTo("psql jdbc:postgresql://orders.db.example.com:5432/orders as ****");
    }

    @Test
    void aUsernameFromElsewhereIsShownThoughTheSecretOfThePasswordHasItToo() {
        payloads.put(Reference.parse("ssm:/ci/user").locator(), payload("ci-robot", false));
        secret(
                "ci/docker",
                "{\"username\": \"ci-robot\", \"registry\": \"Registry-7Q\", \"password\": \"canary-docker\"}");
        plan.credential(
                define(
                        "hub",
                        Kinds.DOCKER_REGISTRY,
                        Map.of(
                                "registry",
                                "registry.example",
                                "username",
                                "ssm:/ci/user",
                                "password",
                                "sm:ci/docker#password")),
                Optional.empty());

        assertShown("docker login -u ci-robot registry.example Registry-7Q");
        assertThat(masked("ci-robot:canary-docker")).isEqualTo("ci-robot:****");
        assertThat(bind().sensitive()).containsExactly("DOCKER_PASSWORD");
    }

    @Test
    void aMemberBehindAPointerIsBesideItsOwnUsername() {
        secret(
                "ci/all",
                "{\"one\": {\"username\": \"one-user\", \"password\": \"canary-one\"},"
                        + " \"two\": {\"username\": \"two-user\", \"password\": \"canary-two\"}}");
        plan.credential(
                define(
                        "one",
                        Kinds.USERNAME_PASSWORD,
                        Map.of("username", "sm:ci/all#/one/username", "password", "sm:ci/all#/one/password")),
                Optional.empty());

        assertThat(masked("one-user has canary-one, two-user has canary-two"))
                .isEqualTo("one-user has ****, **** has ****");
    }

    @Test
    void whatIsSecretStaysHiddenThoughItReadsLikeAWordOrLikeAMemberThatIsShown() {
        secret(
                "prod/orders",
                "{\"engine\": \"postgres\", \"host\": \"db.example.com\", \"username\": \"postgres\","
                        + " \"password\": \"postgres\", \"replica_password\": \"production\"}");
        plan.credential(define("db", Kinds.DATABASE, Map.of("from", "sm:prod/orders")), Optional.empty());

        assertThat(masked("postgres at db.example.com, production")).isEqualTo("**** at db.example.com, ****");
    }

    @Test
    void aTextThatIsAlsoSecretInTheSameDocumentIsNotShown() {
        secret(
                "prod/orders",
                "{\"username\": \"wonderland\", \"password\": \"canary-1\", \"old_password\": \"wonderland\"}");
        plan.credential(define("db", Kinds.DATABASE, Map.of("from", "sm:prod/orders")), Optional.empty());

        assertHidden("wonderland");
    }

    @Test
    void membersThatNoKindExplainsAreHiddenUnlessTheyArePlainlyNoSecrets() {
        secret(
                "ci/app",
                "{\"endpoint\": \"https://app.example.com/api\", \"region\": \"eu-west-1\", \"role\":"
                        + " \"arn:aws:iam::123456789012:role/app\", \"environment\": \"production\", \"client\":"
                        + " \"client-7Qz81L\", \"token\": \"canary-token\", \"backup_token\": \"production-token\","
                        + " \"mirror\": \"https://bot:canaryMirror7@git.example.com/app.git\", \"passwords\": {\"blue\":"
                        + " \"orders.db.example.com\"}}");
        plan.secret("TOKEN", Reference.parse("sm:ci/app#token"), false);

        assertShown("https://app.example.com/api in eu-west-1 as arn:aws:iam::123456789012:role/app, production");
        assertHidden("client-7Qz81L", "canary-token", "production-token", "canaryMirror7", "orders.db.example.com");
    }

    @Test
    void anAccessKeyIdStaysHiddenAndTheRegionIsShown() {
        secret(
                "deploy",
                "{\"accessKeyId\": \"AKIACANARYKEY\", \"secretAccessKey\": \"canary/secret+key\","
                        + " \"region\": \"eu-central-9\"}");
        plan.credential(define("deploy", Kinds.AWS, Map.of("from", "sm:deploy")), Optional.empty());

        assertThat(masked("AKIACANARYKEY canary/secret+key eu-central-9")).isEqualTo("**** **** eu-central-9");
        assertThat(bind().sensitive()).containsExactly("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
    }

    @Test
    void aFieldThatIsNoSecretIsShownWhereverItIsStored() {
        secret("prod/host", "orders.internal-7Q");
        secret("prod/user", "orders_app");
        secret("prod/password", "canary-1");
        plan.credential(
                define(
                        "db",
                        Kinds.DATABASE,
                        Map.of("host", "sm:prod/host", "username", "sm:prod/user", "password", "sm:prod/password")),
                Optional.empty());

        assertThat(masked("orders_app at orders.internal-7Q")).isEqualTo("**** at orders.internal-7Q");
    }

    @Test
    void linesOfAConfigurationThatEveryOtherHasTooAreShown() {
        secret("ci/kube", """
            apiVersion: v1
            kind: Config
            current-context: production
            clusters:
            - name: production
              cluster:
                server: https://10.20.30.40:6443
            users:
            - name: deployer
              user:
                token: canary-kube-7Qz81LmNb
            """);
        plan.credential(
                define("kube", Kinds.FILE, Map.of("content", "sm:ci/kube", "fileName", "kubeconfig-7Q")),
                Optional.empty());

        assertShown("apiVersion: v1\nkind: Config\nclusters:\n- name: production\n");
        assertShown("using kubeconfig-7Q for https://10.20.30.40:6443");
        assertHidden("canary-kube-7Qz81LmNb");
        assertThat(masked("token: canary-kube-7Qz81LmNb")).isEqualTo("****");
    }

    private void secret(String name, String value) {
        payloads.put(Reference.parse("sm:" + name).locator(), payload(value, true));
    }

    private static SecretPayload payload(String text, boolean confidential) {
        return new SecretPayload(
                SecretPayload.Shape.TEXT,
                SecretValue.of(text),
                confidential,
                Optional.of("1"),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static CredentialDefinition define(String id, CredentialKind kind, Map<String, String> fields) {
        return new DefinitionParser(Map.of("ssm", SourceKind.SSM, "sm", SourceKind.SECRETS_MANAGER))
                .parse(id, kind, "", fields, false);
    }

    private BoundEnvironment bind() {
        return plan.bind(new Snapshot(payloads));
    }

    private String masked(String log) {
        return Masker.of(bind().secrets()).mask(log);
    }

    private void assertShown(String log) {
        assertThat(masked(log)).isEqualTo(log);
    }

    private void assertHidden(String... texts) {
        for (String text : texts) {
            assertThat(masked("it is " + text + ".")).isEqualTo("it is ****.");
        }
    }
}
