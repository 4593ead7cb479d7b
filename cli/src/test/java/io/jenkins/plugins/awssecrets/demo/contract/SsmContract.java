package io.jenkins.plugins.awssecrets.demo.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.demo.Clients;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.ParameterVersionNotFoundException;
import software.amazon.awssdk.services.ssm.model.SsmException;
import software.amazon.awssdk.services.ssm.model.Tag;

@Timeout(120)
abstract class SsmContract {
    private static final String TYPE = "jenkins:credentials:type";

    /** Of this test alone, as a peer outlives it. */
    private final String path = "/t" + UUID.randomUUID() + "/";

    private AwsPeer peer;
    private SsmClient admin;
    private Reading reading;

    abstract AwsPeer start();

    @BeforeEach
    void connect() {
        peer = start();
        admin = Clients.ssm(peer.ssm(), peer.admin());
        reading = source(SourceFilter.NONE);
    }

    @AfterEach
    void disconnect() {
        reading.source().close();
        admin.close();
        peer.close();
    }

    private Reading source(SourceFilter filter) {
        return new Reading(new SsmSource("ssm", peer.settings(peer.ssm(), peer.admin()), filter));
    }

    private SourceFilter below(String prefix, Map<String, String> tags) {
        return new SourceFilter(Optional.of(prefix), tags, Optional.empty());
    }

    private String put(String name, String value, ParameterType type, Tag... tags) {
        admin.putParameter(
                r -> r.name(path + name).value(value).type(type).tags(tags).description("about " + name));
        return path + name;
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    @Test
    void batchesBeyondTenNamesAreReadWhole() {
        List<Locator> locators = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            locators.add(reading.locator(put("p" + i, "value " + i, ParameterType.STRING)));
        }
        Map<Locator, Outcome> outcomes = reading.all(locators);

        assertThat(outcomes).hasSize(25);
        for (int i = 0; i < 25; i++) {
            SecretPayload payload = Reading.payload(outcomes, locators.get(i));
            assertThat(payload.value().reveal()).isEqualTo("value " + i);
            assertThat(payload.version()).hasValue("1");
        }
    }

    @Test
    void theTypeTellsWhatIsConfidential() {
        SecretPayload secure = reading.payload(reading.locator(put("a", "s", ParameterType.SECURE_STRING)));
        SecretPayload list = reading.payload(reading.locator(put("b", "x,y", ParameterType.STRING_LIST)));

        assertThat(secure.confidential()).isTrue();
        assertThat(secure.value().reveal()).isEqualTo("s");
        assertThat(list.confidential()).isFalse();
        assertThat(list.value().reveal()).isEqualTo("x,y");
        assertThat(list.changed()).hasValueSatisfying(at -> assertThat(at).isAfter(Instant.EPOCH));
    }

    @Test
    void aMissingNameFailsAloneAndTheOthersAreRead() {
        Locator there = reading.locator(put("there", "v", ParameterType.STRING));
        Locator missing = reading.locator(path + "missing");
        Map<Locator, Outcome> outcomes = reading.all(List.of(there, missing));

        assertThat(Reading.payload(outcomes, there).value().reveal()).isEqualTo("v");
        assertThat(reading.failure(missing).problem()).isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void versionsAreReadByNumberAndByLabel() {
        String name = put("versioned", "first", ParameterType.STRING);
        admin.putParameter(r -> r.name(name).value("second").overwrite(true));
        admin.labelParameterVersion(r -> r.name(name).parameterVersion(1L).labels("stable"));

        Map<Locator, Outcome> outcomes = reading.all(
                List.of(reading.locator(name), reading.locator(name, "1"), reading.locator(name, "stable")));

        assertThat(Reading.payload(outcomes, reading.locator(name)).value().reveal())
                .isEqualTo("second");
        assertThat(Reading.payload(outcomes, reading.locator(name, "1")).value().reveal())
                .isEqualTo("first");
        assertThat(Reading.payload(outcomes, reading.locator(name, "stable")))
                .satisfies(p -> assertThat(p.value().reveal()).isEqualTo("first"))
                .satisfies(p -> assertThat(p.version()).hasValue("1"));
        assertThat(reading.failure(reading.locator(name, "9")).problem()).isEqualTo(Problem.NOT_FOUND);
        assertThat(reading.failure(reading.locator(name, "none")).problem()).isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void anArnIsReadAsItsName() {
        String name = put("by-arn", "v", ParameterType.STRING);
        String arn = admin.getParameter(r -> r.name(name)).parameter().arn();

        assertThat(reading.text(arn)).isEqualTo("v");
    }

    @Test
    void listsGoOverManyPagesAndTagsComeWithWhatIsACredential() {
        for (int i = 0; i < 55; i++) {
            put("many/p" + i, "v", ParameterType.STRING);
        }
        put("many/tagged", "v", ParameterType.SECURE_STRING, tag(TYPE, "string"), tag("team", "web"));
        Reading below = source(below(path + "many/", Map.of()));

        assertThat(below.list()).extracting(SecretMetadata::name).hasSize(56).doesNotHaveDuplicates();
        assertThat(below.listed(path + "many/tagged")).satisfies(m -> {
            assertThat(m.tags()).containsEntry(TYPE, "string").containsEntry("team", "web");
            assertThat(m.description()).isEqualTo("about many/tagged");
            assertThat(m.version()).hasValue("1");
            assertThat(m.changed()).isPresent();
        });
        below.source().close();
    }

    @Test
    void aFilterByTagsNarrowsTheList() {
        put("tags/a", "v", ParameterType.STRING, tag("team", "web"), tag("stage", "prod"));
        put("tags/b", "v", ParameterType.STRING, tag("team", "web"), tag("stage", "test"));
        put("tags/c", "v", ParameterType.STRING, tag("team", "mobile"));
        Reading web = source(below(path, Map.of("team", "web", "stage", "prod")));

        assertThat(web.list()).extracting(SecretMetadata::name).containsExactly(path + "tags/a");
        web.source().close();
    }

    @Test
    void whatIsDeletedIsNotFound() {
        String name = put("gone", "v", ParameterType.STRING);
        admin.deleteParameter(r -> r.name(name));

        assertThat(reading.failure(reading.locator(name)).problem()).isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void theConnectionTestFindsNothingWrong() {
        assertThat(reading.source().check(Reading.soon())).isNotEmpty().allMatch(SourceCheck::ok);
    }

    @Test
    void singleReadsHaveTheirOwnErrors() {
        String name = put("single", "v", ParameterType.STRING);

        assertThatThrownBy(() -> admin.getParameter(r -> r.name(path + "none")))
                .isInstanceOf(ParameterNotFoundException.class);
        assertThatThrownBy(() -> admin.getParameter(r -> r.name(name + ":7")))
                .isInstanceOf(ParameterVersionNotFoundException.class)
                .hasMessageContaining("Systems Manager could not find version 7 of " + name);
        assertThatThrownBy(() -> admin.putParameter(r -> r.name(name).value("v").type(ParameterType.STRING)))
                .hasMessageContaining("The parameter already exists");
    }

    @Test
    void moreThanTenNamesAreRefused() {
        List<String> names = IntStream.range(0, 11).mapToObj(i -> path + i).toList();

        assertThatThrownBy(() -> admin.getParameters(r -> r.names(names)))
                .isInstanceOfSatisfying(
                        SsmException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException"))
                .hasMessageContaining("Member must have length less than or equal to 10");
    }

    @Test
    void pathsAreReadInPages() {
        for (int i = 0; i < 12; i++) {
            put("deep/" + (i % 2) + "/p" + i, "v", ParameterType.STRING);
        }
        assertThat(admin.getParametersByPath(r -> r.path(path + "deep").recursive(true))
                        .parameters())
                .hasSize(10);
        assertThat(admin.getParametersByPathPaginator(r -> r.path(path + "deep").recursive(true)).stream()
                        .mapToInt(p -> p.parameters().size())
                        .sum())
                .isEqualTo(12);
        assertThat(admin.getParametersByPath(r -> r.path(path + "deep")).parameters())
                .isEmpty();
    }
}
