package io.jenkins.plugins.awssecrets.engine.source.secretsmanager;

import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.SecretSeed;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata.Rotation;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretListingTest {
    private static final String VERSION = "aaaaaaaa-2222-4333-8444-555555555555";
    private static final Seed SEED = DemoAws.seed("""
        aws:
          accessKeys:
            - { id: AKIADEMO }
            - { id: AKIAREADER, user: reader, policies: [reader] }
          policies:
            reader: [{ allow: [secretsmanager:GetSecretValue] }]
        secretsManager:
          - name: ci/docker
            string: never
            version: %s
            description: Docker Hub
            changed: 2026-03-04T05:06:07Z
            tags: { "jenkins:credentials:type": usernamePassword, team: web }
            rotation: { enabled: true, everyDays: 30, last: 2026-03-04T05:06:07Z, next: 2026-04-03T05:06:07Z }
            versions: [{ id: 11111111-2222-4333-8444-555555555555, string: never, stages: [AWSPREVIOUS] }]
          - { name: ci/web, string: never, tags: { team: website } }
          - { name: ci/gone, string: never, deleted: 2026-01-01T00:00:00Z }
          - { name: Ci/upper, string: never }
          - { name: prod/web, string: never, tags: { team: web, level: "h\\u00f6her" } }
        """.formatted(VERSION));

    private DemoBackends backends = DemoBackends.start(SEED);

    @AfterEach
    void stop() {
        backends.close();
    }

    @Test
    void aNameMayHaveAnyOfSeveralPrefixesAndOneSearchFindsThemAll() {
        List<SecretMetadata> found =
                list(new SourceFilter(SourceFilter.prefixesIn("ci/d, prod/"), Map.of(), List.of(), false));

        assertThat(found).extracting(SecretMetadata::name).containsExactlyInAnyOrder("ci/docker", "prod/web");
        assertThat(backends.requests().count(Service.SECRETS_MANAGER, "ListSecrets"))
                .isEqualTo(1);
    }

    @Test
    void morePrefixesThanASearchTakesAreLookedAtHere() {
        String many = IntStream.range(0, 11).mapToObj(i -> "none-" + i).collect(Collectors.joining(",")) + ",ci/w";

        assertThat(list(new SourceFilter(SourceFilter.prefixesIn(many), Map.of(), List.of(), false)))
                .extracting(SecretMetadata::name)
                .containsExactly("ci/web");
    }

    private List<SecretMetadata> list(SourceFilter filter) {
        return list("AKIADEMO", filter);
    }

    private List<SecretMetadata> list(String key, SourceFilter filter) {
        try (SecretsManagerSource source = new SecretsManagerSource(
                "sm",
                DemoAws.settings(backends.secretsManager(), backends).withLogin(DemoAws.keys(key, "any")),
                filter)) {
            return source.list(soon());
        }
    }

    private static SourceFilter filter(String prefix, Map<String, String> tags) {
        return new SourceFilter(Optional.of(prefix).filter(p -> !p.isEmpty()), tags, Optional.empty());
    }

    @Test
    void anEntryTellsEverythingButTheValue() {
        assertThat(list(filter("ci/docker", Map.of())))
                .containsExactly(new SecretMetadata(
                        "sm",
                        "ci/docker",
                        "Docker Hub",
                        Map.of("jenkins:credentials:type", "usernamePassword", "team", "web"),
                        Optional.of(VERSION),
                        Optional.of(Instant.parse("2026-03-04T05:06:07Z")),
                        Optional.of(new Rotation(
                                true,
                                Optional.of(30),
                                Optional.of(Instant.parse("2026-03-04T05:06:07Z")),
                                Optional.of(Instant.parse("2026-04-03T05:06:07Z"))))));
    }

    @Test
    void secretsThatAreMarkedForDeletionAreLeftOut() {
        assertThat(list(SourceFilter.NONE))
                .extracting(SecretMetadata::name)
                .containsExactlyInAnyOrder("ci/docker", "ci/web", "Ci/upper", "prod/web");
    }

    @Test
    void aPrefixIsMatchedByCase() {
        assertThat(list(filter("ci/", Map.of())))
                .extracting(SecretMetadata::name)
                .containsExactlyInAnyOrder("ci/docker", "ci/web");
    }

    @Test
    void tagsAreMatchedWholeAndTogetherThoughTheServiceMatchesBeginnings() {
        assertThat(list(filter("", Map.of("team", "web"))))
                .extracting(SecretMetadata::name)
                .containsExactlyInAnyOrder("ci/docker", "prod/web");
        assertThat(list(filter("", Map.of("team", "web", "jenkins:credentials:type", ""))))
                .extracting(SecretMetadata::name)
                .containsExactly("ci/docker");
        assertThat(list(filter("", Map.of("jenkins:credentials:type", "web")))).isEmpty();
    }

    @Test
    void whatTheServiceCannotFilterByIsFilteredHere() {
        assertThat(list(filter("", Map.of("level", "h\u00f6her"))))
                .extracting(SecretMetadata::name)
                .containsExactly("prod/web");
        assertThat(list(filter("!ci/", Map.of()))).isEmpty();
    }

    @Test
    void moreThanAPageIsListedWhole() {
        restart(many(230));
        assertThat(list(filter("many/", Map.of()))).hasSize(230).doesNotHaveDuplicates();
        assertThat(backends.requests().count(Service.SECRETS_MANAGER, "ListSecrets"))
                .isEqualTo(3);
    }

    @Test
    void manyAreListedFromBothEndsWholeAndInOrder() {
        for (int number : new int[] {300, 301, 400, 401, 500, 501, 599, 600, 601, 1_150}) {
            restart(many(number));
            List<String> all = many(number).secretsManager().stream()
                    .map(SecretSeed::name)
                    .filter(name -> name.startsWith("many/"))
                    .sorted()
                    .toList();

            assertThat(list(filter("many/", Map.of())))
                    .extracting(SecretMetadata::name)
                    .as(number + " secrets")
                    .isEqualTo(all);
            assertThat(backends.requests().count(Service.SECRETS_MANAGER, "ListSecrets"))
                    .as("calls for " + number + " secrets")
                    .isBetween((number + 99) / 100, (number + 99) / 100 + 2);
        }
    }

    @Test
    void ofAServiceThatKnowsNoOrderOneEndIsListedWhole() throws Exception {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", SecretListingTest::pageInItsOwnOrder);
        service.start();
        URI endpoint = URI.create("http://127.0.0.1:" + service.getAddress().getPort());
        try (SecretsManagerSource source =
                new SecretsManagerSource("sm", DemoAws.settings(endpoint, backends), SourceFilter.NONE)) {
            assertThat(source.list(soon()))
                    .extracting(SecretMetadata::name)
                    .hasSize(900)
                    .doesNotHaveDuplicates()
                    .contains("0", "899");
        } finally {
            service.stop(0);
        }
    }

    /** Nine pages, whose tokens are their numbers. */
    private static void pageInItsOwnOrder(HttpExchange call) throws IOException {
        String asked = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int page = Integer.parseInt("0" + asked.replaceAll("(?s).*\"NextToken\":\"(\\d)\".*|.*", "$1"));
        String secrets = IntStream.range(page * 100, page * 100 + 100)
                .mapToObj("{\"Name\": \"%d\", \"Tags\": []}"::formatted)
                .collect(Collectors.joining(", ", "{\"SecretList\": [", "]"));
        byte[] answer = (secrets + (page < 8 ? ", \"NextToken\": \"" + (page + 1) + "\"}" : "}"))
                .getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        call.sendResponseHeaders(200, answer.length);
        call.getResponseBody().write(answer);
        call.close();
    }

    @Test
    void aListingThatIsDeniedTellsWhatToAllow() {
        assertThatExceptionOfType(SecretException.class)
                .isThrownBy(() -> list("AKIAREADER", SourceFilter.NONE))
                .satisfies(why -> assertThat(why.problem()).isEqualTo(Problem.DENIED))
                .withMessageContaining("Allow secretsmanager:ListSecrets on *");
    }

    private static Seed many(int number) {
        return SEED.with(IntStream.range(0, number)
                .mapToObj(i -> SecretSeed.of("many/" + i, "never", Map.of()))
                .toArray(SecretSeed[]::new));
    }

    private void restart(Seed seed) {
        backends.close();
        backends = DemoBackends.start(seed);
    }
}
