package io.jenkins.plugins.awssecrets.engine.source.ssm;

import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParameterListingTest {
    private static final Seed SEED = DemoAws.seed("""
        aws:
          accessKeys:
            - { id: AKIADEMO }
            - { id: AKIAREADER, user: reader, policies: [reader] }
            - { id: AKIALISTER, user: lister, policies: [lister] }
          policies:
            reader: [{ allow: [ssm:GetParameters] }]
            lister:
              - { allow: [ssm:DescribeParameters] }
              - { allow: [ssm:ListTagsForResource], on: ["arn:aws:ssm:*:*:parameter/ci/docker"] }
        ssm:
          - name: /ci/docker
            type: SecureString
            value: never
            description: "Docker Hub, caf\\u00e9"
            changed: 2026-02-03T04:05:06Z
            tags: { "jenkins:credentials:type": usernamePassword, "jenkins:credentials:username": robot, team: web }
            versions: [{ value: never }]
          - { name: /ci/deep/er/key, value: never, tags: { "jenkins:credentials:type": string, team: ops } }
          - { name: /ci/url, value: never, tags: { team: web } }
          - { name: /city/hall, value: never }
          - { name: ci-flat, value: never }
        """);

    private DemoBackends backends = DemoBackends.start(SEED);

    @AfterEach
    void stop() {
        backends.close();
    }

    private List<SecretMetadata> list(SourceFilter filter) {
        return list("AKIADEMO", filter);
    }

    private List<SecretMetadata> list(String key, SourceFilter filter) {
        try (SsmSource source = new SsmSource(
                "ssm", DemoAws.settings(backends.ssm(), backends).withLogin(DemoAws.keys(key, "any")), filter)) {
            return source.list(soon());
        }
    }

    private static SourceFilter filter(String prefix, Map<String, String> tags) {
        return new SourceFilter(Optional.of(prefix).filter(p -> !p.isEmpty()), tags, Optional.empty());
    }

    @Test
    void anEntryTellsEverythingButTheValue() {
        assertThat(list(SourceFilter.NONE))
                .contains(new SecretMetadata(
                        "ssm",
                        "/ci/docker",
                        "Docker Hub, caf\u00e9",
                        Map.of(
                                "jenkins:credentials:type", "usernamePassword",
                                "jenkins:credentials:username", "robot",
                                "team", "web"),
                        Optional.of("2"),
                        Optional.of(Instant.parse("2026-02-03T04:05:06Z")),
                        Optional.empty()));
    }

    @Test
    void tagsAreAskedForOnlyWhereTheyMakeACredential() {
        assertThat(list(SourceFilter.NONE))
                .extracting(SecretMetadata::name)
                .containsExactlyInAnyOrder("/ci/docker", "/ci/deep/er/key", "/ci/url", "/city/hall", "ci-flat");
        assertThat(backends.requests().to(Service.SSM, "ListTagsForResource"))
                .flatExtracting("names")
                .containsExactlyInAnyOrder("/ci/docker", "/ci/deep/er/key");
    }

    @Test
    void aPathIsTakenByWholePartsAndAtAnyDepth() {
        for (String path : List.of("/ci", "/ci/")) {
            assertThat(list(filter(path, Map.of())))
                    .extracting(SecretMetadata::name)
                    .containsExactlyInAnyOrder("/ci/docker", "/ci/deep/er/key", "/ci/url");
        }
    }

    @Test
    void aPrefixWithoutASlashIsTheBeginningOfAName() {
        assertThat(list(filter("ci", Map.of())))
                .extracting(SecretMetadata::name)
                .containsExactly("ci-flat");
    }

    @Test
    void everyTagMustBeThereAndAnEmptyValueMeansAny() {
        assertThat(list(filter("", Map.of("team", "web"))))
                .extracting(SecretMetadata::name)
                .containsExactlyInAnyOrder("/ci/docker", "/ci/url");
        assertThat(list(filter("/ci", Map.of("team", "", "jenkins:credentials:type", "string"))))
                .extracting(SecretMetadata::name)
                .containsExactly("/ci/deep/er/key");
    }

    @Test
    void moreThanAPageIsListedWhole() {
        Seed many = SEED;
        for (int i = 0; i < 120; i++) {
            many = many.parameter("/many/" + i, "never");
        }
        backends.close();
        backends = DemoBackends.start(many);
        assertThat(list(filter("/many", Map.of()))).hasSize(120).doesNotHaveDuplicates();
        // Three pages of 50, and one that finds no parameter with the tag.
        assertThat(backends.requests().count(Service.SSM, "DescribeParameters")).isEqualTo(4);
    }

    @Test
    void aListingThatIsDeniedTellsWhatToAllow() {
        assertThatExceptionOfType(SecretException.class)
                .isThrownBy(() -> list("AKIAREADER", SourceFilter.NONE))
                .satisfies(why -> assertThat(why.problem()).isEqualTo(Problem.DENIED))
                .withMessageContaining("source ssm")
                .withMessageContaining("Allow ssm:DescribeParameters on *");
    }

    @Test
    void aParameterWhoseTagsMayNotBeSeenIsListedWithoutThem() {
        assertThat(list("AKIALISTER", SourceFilter.NONE))
                .hasSize(5)
                .filteredOn(parameter -> !parameter.tags().isEmpty())
                .extracting(SecretMetadata::name)
                .containsExactly("/ci/docker");
    }

    @Test
    void whenNoTagsMayBeSeenAtAllTheListingFails() {
        assertThatExceptionOfType(SecretException.class)
                .isThrownBy(() -> list("AKIALISTER", filter("/ci/deep", Map.of())))
                .withMessageContaining(
                        "Allow ssm:ListTagsForResource on arn:aws:ssm:eu-west-1:123456789012:parameter/ci/deep/er/key");
    }
}
