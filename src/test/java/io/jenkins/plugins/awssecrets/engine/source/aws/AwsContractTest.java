package io.jenkins.plugins.awssecrets.engine.source.aws;

import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.failed;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.found;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.locator;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.numbered;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.soon;
import static io.jenkins.plugins.awssecrets.engine.source.aws.DemoAws.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Shape;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.secretsmanager.SecretsManagerSource;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.Tag;

/** What both sources expect of an implementation of AWS' APIs; see {@link AwsPeer} for which one. */
class AwsContractTest {
    private final AwsPeer peer = new AwsPeer();

    @AfterEach
    void stop() {
        peer.close();
    }

    private SsmSource ssm(SourceFilter filter) {
        return new SsmSource("ssm", peer.ssmSettings(), filter);
    }

    private SecretsManagerSource secretsManager(SourceFilter filter) {
        return new SecretsManagerSource("sm", peer.secretsManagerSettings(), filter);
    }

    private static SourceFilter prefix(String prefix, Map<String, String> tags) {
        return new SourceFilter(Optional.of(prefix), tags, Optional.empty());
    }

    private String parameter(String name, ParameterType type, String value, Tag... tags) {
        String path = "/" + peer.prefix + "/" + name;
        peer.ssm.putParameter(request -> request.name(path)
                .type(type)
                .value(value)
                .description("about " + name)
                .tags(tags));
        return path;
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private String secret(String name, String value) {
        String full = peer.prefix + "/" + name;
        peer.secretsManager.createSecret(request -> request.name(full)
                .secretString(value)
                .description("about " + name)
                .tags(t -> t.key("jenkins:credentials:type").value("string"), t -> t.key("team")
                        .value(name)));
        return full;
    }

    @Test
    void parametersOfEveryTypeAreRead() {
        Locator string = locator("ssm", parameter("s", ParameterType.STRING, "plain"));
        Locator list = locator("ssm", parameter("l", ParameterType.STRING_LIST, "a,b"));
        Locator secure = locator("ssm", parameter("x", ParameterType.SECURE_STRING, "p\u00e4ss\n\"$"));
        try (SsmSource source = ssm(SourceFilter.NONE)) {
            Map<Locator, Outcome> outcomes = source.fetch(List.of(string, list, secure), soon());
            assertThat(text(outcomes, string)).isEqualTo("plain");
            assertThat(text(outcomes, list)).isEqualTo("a,b");
            assertThat(text(outcomes, secure)).isEqualTo("p\u00e4ss\n\"$");
            assertThat(found(outcomes, string).confidential()).isFalse();
            assertThat(found(outcomes, secure).confidential()).isTrue();
            assertThat(found(outcomes, secure).version()).contains("1");
            assertThat(found(outcomes, secure).changed()).isPresent();
        }
    }

    @Test
    void parametersAreReadByVersionLabelAndArn() {
        String name = parameter("v", ParameterType.STRING, "one");
        peer.ssm.labelParameterVersion(
                request -> request.name(name).parameterVersion(1L).labels("first"));
        peer.ssm.putParameter(request -> request.name(name).value("two").overwrite(true));
        String arn =
                peer.ssm.getParameter(request -> request.name(name)).parameter().arn();
        Locator newest = locator("ssm", name);
        Locator one = locator("ssm", name, "1");
        Locator first = locator("ssm", name, "first");
        Locator byArn = locator("ssm", arn);
        try (SsmSource source = ssm(SourceFilter.NONE)) {
            Map<Locator, Outcome> outcomes = source.fetch(List.of(newest, one, first, byArn), soon());
            assertThat(text(outcomes, newest)).isEqualTo("two");
            assertThat(text(outcomes, one)).isEqualTo("one");
            assertThat(text(outcomes, first)).isEqualTo("one");
            assertThat(text(outcomes, byArn)).isEqualTo("two");
        }
    }

    @Test
    void parametersAndVersionsThatAreNotThereAreTold() {
        Locator there = locator("ssm", parameter("there", ParameterType.STRING, "value"));
        Locator absent = locator("ssm", "/" + peer.prefix + "/absent");
        Locator version = locator("ssm", there.name(), "7");
        Locator label = locator("ssm", there.name(), "nobody");
        try (SsmSource source = ssm(SourceFilter.NONE)) {
            Map<Locator, Outcome> outcomes = source.fetch(List.of(there, absent, version, label), soon());
            assertThat(text(outcomes, there)).isEqualTo("value");
            for (Locator missing : List.of(absent, version, label)) {
                assertThat(failed(outcomes, missing).problem()).isEqualTo(Problem.NOT_FOUND);
            }
        }
    }

    @Test
    void parametersAreListedWithTheTagsOfThoseThatAreCredentials() {
        Tag type = tag("jenkins:credentials:type", "string");
        String credential =
                parameter("deep/credential", ParameterType.SECURE_STRING, "never", type, tag("team", "web"));
        String other = parameter("other", ParameterType.STRING, "never", tag("team", "ops"));
        for (int i = 0; i < 60; i++) {
            parameter("many/" + i, ParameterType.STRING, "never");
        }
        String path = "/" + peer.prefix;
        try (SsmSource source = ssm(prefix(path, Map.of()))) {
            List<SecretMetadata> all = source.list(soon());
            assertThat(all).hasSize(62).extracting(SecretMetadata::name).contains(credential, other);
            assertThat(all)
                    .filteredOn(m -> m.name().equals(credential))
                    .singleElement()
                    .satisfies(m -> {
                        assertThat(m.tags()).isEqualTo(Map.of("jenkins:credentials:type", "string", "team", "web"));
                        assertThat(m.description()).isEqualTo("about deep/credential");
                        assertThat(m.version()).contains("1");
                        assertThat(m.changed()).isPresent();
                    });
        }
        try (SsmSource source = ssm(prefix(path, Map.of("team", "web")))) {
            assertThat(source.list(soon())).extracting(SecretMetadata::name).containsExactly(credential);
        }
        try (SsmSource source = ssm(prefix(path, Map.of("team", "")))) {
            assertThat(source.list(soon()))
                    .extracting(SecretMetadata::name)
                    .containsExactlyInAnyOrder(credential, other);
        }
    }

    @Test
    void secretsAreReadInBatches() {
        for (int i = 0; i < 25; i++) {
            secret("many/" + i, "value " + i);
        }
        List<Locator> locators = numbered("sm", peer.prefix + "/many/", 25);
        try (SecretsManagerSource source = secretsManager(SourceFilter.NONE)) {
            Map<Locator, Outcome> outcomes = source.fetch(locators, soon());
            for (int i = 0; i < 25; i++) {
                assertThat(text(outcomes, locators.get(i))).isEqualTo("value " + i);
                assertThat(found(outcomes, locators.get(i)).stages()).contains("AWSCURRENT");
            }
        }
    }

    @Test
    void secretsAreReadByStageVersionIdAndArn() {
        String name = secret("v", "one");
        String first = peer.secretsManager
                .describeSecret(request -> request.secretId(name))
                .versionIdsToStages()
                .keySet()
                .iterator()
                .next();
        var second = peer.secretsManager.putSecretValue(
                request -> request.secretId(name).secretString("two"));
        Locator current = locator("sm", name);
        Locator previous = locator("sm", name, "AWSPREVIOUS");
        Locator id = locator("sm", name, first);
        Locator arn = locator("sm", second.arn());
        Locator none = locator("sm", name, "NO-SUCH-STAGE");
        try (SecretsManagerSource source = secretsManager(SourceFilter.NONE)) {
            Map<Locator, Outcome> outcomes = source.fetch(List.of(current, previous, id, arn, none), soon());
            assertThat(text(outcomes, current)).isEqualTo("two");
            assertThat(found(outcomes, current).version()).contains(second.versionId());
            assertThat(text(outcomes, previous)).isEqualTo("one");
            assertThat(text(outcomes, id)).isEqualTo("one");
            assertThat(text(outcomes, arn)).isEqualTo("two");
            assertThat(failed(outcomes, none).problem()).isEqualTo(Problem.NOT_FOUND);
        }
    }

    @Test
    void binaryDeletedAndAbsentSecretsAreToldApart() {
        Locator gone = locator("sm", secret("gone", "never"));
        peer.secretsManager.deleteSecret(request -> request.secretId(gone.name()));
        Locator binary = locator("sm", peer.prefix + "/binary");
        peer.secretsManager.createSecret(
                request -> request.name(binary.name()).secretBinary(SdkBytes.fromByteArray(new byte[] {0, -1, 13})));
        Locator absent = locator("sm", peer.prefix + "/absent");
        try (SecretsManagerSource source = secretsManager(SourceFilter.NONE)) {
            Map<Locator, Outcome> batch = source.fetch(List.of(gone, binary, absent), soon());
            assertThat(found(batch, binary).shape()).isEqualTo(Shape.BINARY);
            assertThat(found(batch, binary).value().bytes()).containsExactly(0, 0xff, 13);
            assertThat(failed(batch, absent).problem()).isEqualTo(Problem.NOT_FOUND);
            assertThat(failed(batch, gone).problem()).isEqualTo(Problem.DELETED);
            assertThat(failed(source.fetch(List.of(gone), soon()), gone).problem())
                    .isEqualTo(Problem.DELETED);
        }
    }

    @Test
    void secretsAreListedByPrefixAndTagWithoutTheDeletedOnes() {
        String web = secret("web", "never");
        String website = secret("website", "never");
        String gone = secret("gone", "never");
        peer.secretsManager.deleteSecret(request -> request.secretId(gone));
        try (SecretsManagerSource source = secretsManager(prefix(peer.prefix, Map.of()))) {
            assertThat(source.list(soon())).extracting(SecretMetadata::name).containsExactlyInAnyOrder(web, website);
        }
        try (SecretsManagerSource source = secretsManager(prefix(peer.prefix, Map.of("team", "web")))) {
            assertThat(source.list(soon())).singleElement().satisfies(m -> {
                assertThat(m.name()).isEqualTo(web);
                assertThat(m.tags()).isEqualTo(Map.of("jenkins:credentials:type", "string", "team", "web"));
                assertThat(m.description()).isEqualTo("about web");
                assertThat(m.version()).isPresent();
                assertThat(m.changed()).isPresent();
                assertThat(m.rotation())
                        .hasValueSatisfying(r -> assertThat(r.enabled()).isFalse());
            });
        }
    }

    @Test
    void rolesAreAssumedInAChain() {
        Locator a = locator("ssm", parameter("a", ParameterType.STRING, "value"));
        AwsSettings settings = peer.ssmSettings()
                .withChain(List.of(
                        AssumeRole.of("arn:aws:iam::123456789012:role/one"),
                        AssumeRole.of("arn:aws:iam::123456789012:role/two")));
        try (SsmSource source = new SsmSource("ssm", settings, SourceFilter.NONE)) {
            assertThat(source.check(soon())).allMatch(SourceCheck::ok);
            assertThat(text(source.fetch(List.of(a), soon()), a)).isEqualTo("value");
        }
    }

    @Test
    void aConnectionTestPasses() {
        try (SecretsManagerSource source = secretsManager(prefix(peer.prefix, Map.of()))) {
            assertThat(source.check(soon())).hasSize(5).allMatch(SourceCheck::ok);
        }
    }
}
