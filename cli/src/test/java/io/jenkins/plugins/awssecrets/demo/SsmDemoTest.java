package io.jenkins.plugins.awssecrets.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.ParameterVersionNotFoundException;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.SsmException;
import software.amazon.awssdk.services.ssm.model.Tag;

class SsmDemoTest {
    private static final Seed SEED = Seed.parse("""
            ssm:
              - name: /ci/docker/username
                value: second
                description: who logs in
                tags: { team: web }
                labels: [now]
                versions: [{ value: first, labels: [then], changed: "2026-01-02T03:04:05Z" }]
              - { name: /ci/docker/password, type: SecureString, value: made-up }
              - { name: /ci/hosts, type: StringList, value: "a,b" }
              - { name: plain, value: no path }
              - { name: /locked, type: SecureString, value: made-up, kmsDenied: true }
            """);

    private final DemoBackends backends = DemoBackends.start(SEED);
    private final SsmClient ssm = Clients.ssm(backends.ssm(), Clients.ANYBODY);

    @AfterEach
    void stop() {
        ssm.close();
        backends.close();
    }

    private GetParametersResponse get(String... names) {
        return ssm.getParameters(r -> r.names(names).withDecryption(true));
    }

    @Test
    void aBatchGivesWhatIsThereAndNamesWhatIsNot() {
        GetParametersResponse answer = get("/ci/docker/username", "/ci/docker/password", "plain", "/none");

        assertThat(answer.parameters())
                .extracting(Parameter::name, Parameter::value)
                .containsExactlyInAnyOrder(
                        tuple("/ci/docker/username", "second"),
                        tuple("/ci/docker/password", "made-up"),
                        tuple("plain", "no path"));
        assertThat(answer.invalidParameters()).containsExactly("/none");
    }

    @Test
    void elevenNamesAreRefused() {
        assertThatThrownBy(() -> ssm.getParameters(r -> r.names(Collections.nCopies(11, "/ci/hosts"))))
                .isInstanceOfSatisfying(
                        SsmException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException"))
                .hasMessageContaining("less than or equal to 10");
    }

    @Test
    void selectorsGiveVersionsAndLabels() {
        GetParametersResponse answer = get(
                "/ci/docker/username:1",
                "/ci/docker/username:now",
                "arn:aws:ssm:eu-west-1:123456789012:parameter/ci/docker/username:then",
                "/ci/docker/username:9");

        assertThat(answer.parameters())
                .extracting(Parameter::selector, Parameter::value, Parameter::version)
                .containsExactlyInAnyOrder(
                        tuple(":1", "first", 1L), tuple(":now", "second", 2L), tuple(":then", "first", 1L));
        assertThat(answer.invalidParameters()).containsExactly("/ci/docker/username:9");
        assertThat(answer.parameters().get(0).lastModifiedDate()).isEqualTo("2026-01-02T03:04:05Z");
    }

    @Test
    void singleReadsTellAMissingNameFromAMissingVersion() {
        assertThatThrownBy(() -> ssm.getParameter(r -> r.name("/none"))).isInstanceOf(ParameterNotFoundException.class);
        assertThatThrownBy(() -> ssm.getParameter(r -> r.name("/ci/hosts:7")))
                .isInstanceOf(ParameterVersionNotFoundException.class);
    }

    @Test
    void aSecureStringWithoutDecryptionIsNotItsValue() {
        Parameter parameter =
                ssm.getParameter(r -> r.name("/ci/docker/password")).parameter();

        assertThat(parameter.type()).isEqualTo(ParameterType.SECURE_STRING);
        assertThat(parameter.value()).isNotEqualTo("made-up");
    }

    @Test
    void aKeyThatKmsRefusesFailsTheBatch() {
        assertThatThrownBy(() -> get("/ci/hosts", "/locked"))
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
    }

    @Test
    void aPathGivesItsFirstLevelOrAll() {
        assertThat(ssm.getParametersByPath(r -> r.path("/ci")).parameters())
                .extracting(Parameter::name)
                .containsExactly("/ci/hosts");
        assertThat(ssm
                        .getParametersByPathPaginator(
                                r -> r.path("/ci/").recursive(true).maxResults(1))
                        .stream()
                        .flatMap(page -> page.parameters().stream()))
                .extracting(Parameter::name)
                .containsExactly("/ci/docker/password", "/ci/docker/username", "/ci/hosts");
    }

    @Test
    void listsAreFilteredByNamePathTypeAndTag() {
        assertThat(names("Name", "BeginsWith", "/ci/docker"))
                .containsExactly("/ci/docker/password", "/ci/docker/username");
        assertThat(names("Path", "OneLevel", "/ci")).containsExactly("/ci/hosts");
        assertThat(names("Path", "Recursive", "/ci")).hasSize(3);
        assertThat(names("Type", "Equals", "StringList")).containsExactly("/ci/hosts");
        assertThat(names("tag:team", "Equals", "web")).containsExactly("/ci/docker/username");
        assertThat(names("tag:team", "Equals", "other")).isEmpty();
    }

    private List<String> names(String key, String option, String value) {
        ParameterStringFilter filter = ParameterStringFilter.builder()
                .key(key)
                .option(option)
                .values(value)
                .build();
        return ssm.describeParametersPaginator(r -> r.parameterFilters(filter)).stream()
                .flatMap(page -> page.parameters().stream())
                .map(ParameterMetadata::name)
                .toList();
    }

    @Test
    void fiftyAreAPage() {
        for (int i = 0; i < 60; i++) {
            String name = "/many/p" + i;
            ssm.putParameter(r -> r.name(name).value("v").type(ParameterType.STRING));
        }
        assertThat(ssm.describeParameters().parameters()).hasSize(50);
        assertThat(names("Path", "OneLevel", "/many")).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void tagsAreReadApart() {
        assertThat(ssm.listTagsForResource(r ->
                                r.resourceType(ResourceTypeForTagging.PARAMETER).resourceId("/ci/docker/username"))
                        .tagList())
                .containsExactly(Tag.builder().key("team").value("web").build());
    }

    @Test
    void writingMakesAVersionAndALabelMovesToIt() {
        ssm.putParameter(r -> r.name("/ci/docker/username").value("third").overwrite(true));
        ssm.labelParameterVersion(r -> r.name("/ci/docker/username").labels("now"));

        assertThat(get("/ci/docker/username", "/ci/docker/username:now", "/ci/docker/username:2")
                        .parameters())
                .extracting(Parameter::value)
                .containsExactly("third", "third", "second");
    }

    @Test
    void requestsAreRecordedByNameAndNeverByValue() {
        get("/ci/hosts");
        ssm.putParameter(r -> r.name("/new").value("canary-value").type(ParameterType.SECURE_STRING));

        assertThat(backends.requests().all())
                .extracting(RecordedRequest::operation)
                .containsExactly("GetParameters", "PutParameter");
        assertThat(backends.requests().to(Service.SSM, "GetParameters").get(0).names())
                .containsExactly("/ci/hosts");
        assertThat(backends.requests().all().toString())
                .doesNotContain("canary")
                .doesNotContain("made-up");
    }
}
