package io.jenkins.plugins.awssecrets.engine.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExistingDockerConfigTest {
    private final DockerConfig logins = new DockerConfig();

    @Test
    void settingsAndOtherLoginsStayAndTheBindingsCount() {
        login("r.example");

        assertThat(with("""
                {"proxies": {"default": {"httpProxy": "http://p:1"}}, "currentContext": "remote",
                 "auths": {"r.example": {"auth": "old"}, "other.example": {"auth": "kept"}}}""")).isEqualTo(json("""
                {"proxies": {"default": {"httpProxy": "http://p:1"}}, "currentContext": "remote",
                 "auths": {"r.example": {"auth": "dTpw"}, "other.example": {"auth": "kept"}}}"""));
    }

    @Test
    void helperOfTheBindingsRegistryIsOutWhateverItIsCalled() {
        login("docker.io");
        login("r.example");

        assertThat(with("""
                {"credHelpers": {"docker.io": "a", "https://index.docker.io/v1/": "b", "r.example": "c", "gcr.io": "d"}}""")).isEqualTo(json("""
                {"credHelpers": {"gcr.io": "d"},
                 "auths": {"https://index.docker.io/v1/": {"auth": "dTpw"}, "r.example": {"auth": "dTpw"}}}"""));
    }

    @Test
    void storeIsAskedForTheRegistriesThatWereLoggedInWithItAndNoOthers() {
        login("r.example");

        assertThat(with("""
                {"credsStore": "desktop", "credHelpers": {"gcr.io": "gcloud"},
                 "auths": {"r.example": {}, "other.example": {}, "gcr.io": {}}}""")).isEqualTo(json("""
                {"credHelpers": {"gcr.io": "gcloud", "other.example": "desktop"},
                 "auths": {"r.example": {"auth": "dTpw"}, "other.example": {}, "gcr.io": {}}}"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "no JSON", "null", "{\"auths\": []}", "{\"credHelpers\": 1}"})
    void fileThatDockerCouldNotReadCountsForNothing(String existing) {
        login("r.example");

        assertThat(with(existing)).isEqualTo(json("{\"auths\": {\"r.example\": {\"auth\": \"dTpw\"}}}"));
    }

    private void login(String registry) {
        logins.add(registry, SecretValue.of("u"), SecretValue.of("p"));
    }

    private Object with(String existing) {
        return json(new ExistingDockerConfig(existing.getBytes(StandardCharsets.UTF_8))
                .with(logins.content())
                .reveal());
    }

    private static Object json(String text) {
        return JsonTree.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
