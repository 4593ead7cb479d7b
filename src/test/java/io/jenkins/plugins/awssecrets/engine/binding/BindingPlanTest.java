package io.jenkins.plugins.awssecrets.engine.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Resolver;
import io.jenkins.plugins.awssecrets.engine.resolve.Sources;
import io.jenkins.plugins.awssecrets.engine.source.FakeSource;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Shape;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BindingPlanTest {
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final FakeSource sm = new FakeSource("sm", SourceKind.SECRETS_MANAGER);
    private final FakeSource ssm = new FakeSource("ssm", SourceKind.SSM);
    private final Sources sources = new Sources(List.of(sm, ssm));
    private final BindingPlan plan = new BindingPlan();

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void whatACredentialHasNoValueForIsUnsetButForTheRegion() {
        plan.credential(
                define("deploy", Kinds.AWS, Map.of("accessKeyId", "sm:deploy#id", "secretAccessKey", "sm:deploy#key")),
                Optional.empty());
        sm.with("deploy", "{\"id\":\"AKIA\",\"key\":\"s3cr3t\"}");

        assertThat(plan.unset(bind())).containsExactly("AWS_SESSION_TOKEN");
    }

    @Test
    void aDockerRegistryGivesItsVariablesAndALoggedInConfig() {
        plain("/ci/registry", "registry.example:5000");
        sm.with("ci/docker", "{\"password\":\"p4ss\"}");
        plan.credential(
                define(
                        "docker-hub",
                        Kinds.DOCKER_REGISTRY,
                        Map.of(
                                "registry",
                                "ssm:/ci/registry",
                                "username",
                                "deploy",
                                "password",
                                "sm:ci/docker#password")),
                Optional.empty());

        BoundEnvironment bound = bind();

        assertThat(text(bound))
                .isEqualTo(Map.of(
                        "DOCKER_REGISTRY", "registry.example:5000",
                        "DOCKER_USERNAME", "deploy",
                        "DOCKER_PASSWORD", "p4ss"));
        assertThat(bound.files()).singleElement().satisfies(file -> {
            assertThat(file.variable()).isEqualTo("DOCKER_CONFIG");
            assertThat(file.variablePath()).isEqualTo("docker");
            assertThat(file.content().reveal())
                    .isEqualTo("{\"auths\":{\"registry.example:5000\":{\"auth\":\"ZGVwbG95OnA0c3M=\"}}}");
        });
        assertThat(bound.sensitive()).containsExactly("DOCKER_PASSWORD");
        assertThat(bound.secrets())
                .contains(SecretValue.of("p4ss"), SecretValue.of("ZGVwbG95OnA0c3M="))
                .doesNotContain(SecretValue.of("registry.example:5000"));
    }

    @Test
    void twoRegistriesShareOneConfig() {
        sm.with("a", "pass-a").with("b", "pass-b");
        plan.credential(docker("one", "a", "docker.io"), Optional.empty());
        plan.credential(docker("two", "b", "https://r.example/v2/"), Optional.of("OTHER"));

        assertThat(bind().files()).singleElement().satisfies(file -> assertThat(
                        file.content().reveal())
                .contains("\"https://index.docker.io/v1/\"", "\"r.example\""));
    }

    @Test
    void aDatabaseIsReadFromTheRotationFunctionsJson() {
        sm.with("prod/orders", """
            {"engine":"postgres","host":"db.example","port":5432,"dbname":"orders",
             "username":"app","password":"s3cr3t"}\
            """);
        plan.credential(define("orders-db", Kinds.DATABASE, Map.of("from", "sm:prod/orders")), Optional.of("ORDERS"));

        BoundEnvironment bound = bind();

        assertThat(text(bound))
                .isEqualTo(Map.of(
                        "ORDERS_HOST", "db.example",
                        "ORDERS_PORT", "5432",
                        "ORDERS_NAME", "orders",
                        "ORDERS_USERNAME", "app",
                        "ORDERS_PASSWORD", "s3cr3t",
                        "ORDERS_URL", "jdbc:postgresql://db.example:5432/orders"));
        assertThat(bound.secrets()).contains(SecretValue.of("s3cr3t"));
    }

    @Test
    void anAwsCredentialGivesTheVariablesThatAwsToolsRead() {
        sm.with("k", "{\"access_key\":\"AKIA\",\"secret_key\":\"wJalr\",\"security_token\":null}");
        plan.credential(define("deploy", Kinds.AWS, Map.of("from", "sm:k", "region", "eu-west-1")), Optional.empty());

        assertThat(text(bind()))
                .isEqualTo(Map.of(
                        "AWS_ACCESS_KEY_ID", "AKIA", "AWS_SECRET_ACCESS_KEY", "wJalr", "AWS_REGION", "eu-west-1"));
    }

    @Test
    void aStringTakesItsVariableFromItsIdAndAFileGivesAPath() {
        sm.with("t", "token-1").with("f", "content-1");
        plan.credential(define("sonar.token", Kinds.STRING, Map.of("secret", "sm:t")), Optional.empty());
        plan.credential(
                define("kube", Kinds.FILE, Map.of("content", "sm:f", "fileName", "../../etc/passwd")),
                Optional.of("KUBECONFIG"));

        BoundEnvironment bound = bind();

        assertThat(text(bound)).isEqualTo(Map.of("SONAR_TOKEN", "token-1"));
        assertThat(bound.files()).singleElement().satisfies(file -> {
            assertThat(file.variable()).isEqualTo("KUBECONFIG");
            assertThat(file.path()).isEqualTo("KUBECONFIG/passwd");
        });
        assertThat(bound.secrets()).contains(SecretValue.of("content-1"));
    }

    @Test
    void twoBindingsForOneVariableAreRefusedBeforeAnythingIsFetched() {
        plan.secret("DB_PASSWORD", Reference.parse("sm:x"), false);

        assertThatThrownBy(() -> plan.credential(
                        define("db", Kinds.DATABASE, Map.of("from", "sm:prod/orders")), Optional.empty()))
                .hasMessageContaining("DB_PASSWORD")
                .hasMessageContaining("secret sm:x")
                .hasMessageContaining("database 'db'");
        assertThat(sm.batches).isEmpty();
    }

    @Test
    void aBadVariableIsRefused() {
        assertThatThrownBy(() -> plan.secret("1A", Reference.parse("sm:x"), false))
                .hasMessageContaining("the variable of secret sm:x: it is not a valid variable name");
    }

    @Test
    void aBadPrefixIsRefusedWithTheCredentialItWasGivenTo() {
        CredentialDefinition database = define("db", Kinds.DATABASE, Map.of("from", "sm:prod/orders"));

        assertThatThrownBy(() -> plan.credential(database, Optional.of("MY-DB")))
                .hasMessageContaining("the prefix or variable of database 'db': it is not a valid variable name");
    }

    @Test
    void namesThatDifferInCaseAreOneVariableWhereTheEnvironmentTakesThemForOne() {
        plan.secret("TOKEN", Reference.parse("sm:x"), false).secret("token", Reference.parse("sm:y"), false);
        BindingPlan ofJenkins = new BindingPlan(String.CASE_INSENSITIVE_ORDER);
        ofJenkins.secret("TOKEN", Reference.parse("sm:x"), false);

        assertThat(plan.variables()).containsExactlyInAnyOrder("TOKEN", "token");
        assertThatThrownBy(() -> ofJenkins.secret("token", Reference.parse("sm:y"), false))
                .hasMessageContaining("variable token: both secret sm:x and secret sm:y bind it");
    }

    @Test
    void dockersDirectoryIsForRegistriesAlone() {
        plan.credential(docker("one", "a", "docker.io"), Optional.empty());

        assertThatThrownBy(() -> plan.secret("DOCKER_CONFIG", Reference.parse("sm:x"), false))
                .hasMessageContaining("variable DOCKER_CONFIG: both dockerRegistry and secret sm:x bind it");
    }

    @Test
    void aValueUnderThreeBytesIsNamedByItsVariableInsteadOfMasked() {
        sm.with("x", "ab").with("y", "abc");
        plan.secret("SHORT", Reference.parse("sm:x"), false).secret("LONG", Reference.parse("sm:y"), false);

        BoundEnvironment bound = bind();

        assertThat(bound.unmasked()).containsExactly("SHORT");
        assertThat(bound.secrets()).containsExactly(SecretValue.of("abc"));
    }

    @Test
    void allBindingsAreOneBatchASource() {
        sm.with("a", "1111").with("b", "2222");
        plan.secret("A", Reference.parse("sm:a"), false).secret("B", Reference.parse("sm:b"), false);

        bind();

        assertThat(sm.batches).hasSize(1);
    }

    private void plain(String name, String value) {
        ssm.with(
                name,
                new SecretPayload(
                        Shape.TEXT,
                        SecretValue.of(value),
                        false,
                        Optional.of("1"),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private CredentialDefinition docker(String id, String secret, String registry) {
        return define(
                id, Kinds.DOCKER_REGISTRY, Map.of("registry", registry, "username", "u", "password", "sm:" + secret));
    }

    private CredentialDefinition define(String id, CredentialKind kind, Map<String, String> fields) {
        return new DefinitionParser(sources.kinds()).parse(id, kind, "", fields, false);
    }

    private BoundEnvironment bind() {
        return plan.bind(
                new Resolver(sources, executor).resolve(plan.references(), Deadline.in(Duration.ofSeconds(20))));
    }

    private static Map<String, String> text(BoundEnvironment bound) {
        return bound.variables().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().reveal()));
    }
}
