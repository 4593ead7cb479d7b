package io.jenkins.plugins.awssecrets.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowReaderTest {
    @TempDir
    Path directory;

    @Test
    void readsTheRulesOfSourcesAndCredentials() throws IOException {
        ConfiguredRules rules = read("""
            sources:
              - secretsManager: {id: sm, allow: [{names: ["ci/*", "team/${folder}/${job}/*"], changeRequests: false}]}
            credentials:
              - string: {id: a, secret: "sm:x", allow: [{jobs: [shop/web]}, {branches: [main], changeRequests: true}]}
              - string: {id: b, secret: "sm:y", scope: SYSTEM}
            """).rules();

        assertThat(rules.ofSource("sm").rules())
                .hasToString("[names ci/*, team/${folder}/${job}/*; no change requests]");
        assertThat(rules.ofSource("ssm").isEmpty()).isTrue();
        assertThat(rules.ofCredential("a").rules()).hasToString("[jobs shop/web, branches main; change requests too]");
        assertThat(rules.system()).containsExactly("b");
    }

    @Test
    void theEnvironmentNeverStandsInForTheJob() throws IOException {
        assertThat(read("""
            sources:
              - ssm: {allow: [{names: ["/${folder}/*", "/^${job}/*", "/${NAME}/*"]}]}
            """).rules().ofSource("ssm").rules()).hasToString("[names /${folder}/*, /${job}/*, /ci/*]");
    }

    @Test
    void theDefaultSourcesCanBeSwitchedOff() throws IOException {
        assertThat(read("defaultSources: false\n").sources()).isEmpty();
        assertThat(read("defaultSources: true\n").sources()).containsOnlyKeys("ssm", "sm", "vault");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        sources: [{ssm: {allow: [{jobs: [a]}]}}]               | 1:26 | allow[0].names: it is missing
        sources: [{ssm: {allow: [{names: [ci/x]}]}}]           | 1:34 | allow[0].names: a path that does not begin
        sources: [{ssm: {allow: [{names: []}]}}]               | 1:34 | the list is empty
        sources: [{ssm: {allow: [{names: [/x], branch: []}]}}] | 1:40 | an unknown key
        sources: [{ssm: {allow: [{names: ['${x}/*']}]}}]       | 1:35 | the environment variable x is not set
        sources: [{ssm: {allow: {names: [/x]}}}]               | 1:25 | a map where a list belongs
        credentials: [{string: {id: a, secret: 'sm:x', allow: []}}]              | 1:55 | the list is empty
        credentials: [{string: {id: a, secret: 'sm:x', allow: [{names: [x]}]}}]  | 1:57 | an unknown key
        credentials: [{string: {id: a, secret: 'sm:x', allow: [{jobs: []}]}}]    | 1:63 | the list is empty
        credentials: [{string: {id: a, secret: 'sm:x', allow: [{jobs: ['${folder}']}]}}] | 1:63 | no such variable here
        credentials: [{string: {id: a, secret: 'sm:x', scope: USER}}]            | 1:55 | no such scope
        """)
    void whatIsWrongIsToldWithItsPlace(String text, String place, String why) {
        assertThatThrownBy(() -> read(text))
                .hasMessageContaining(":" + place + ":")
                .hasMessageContaining(why);
    }

    private Configuration read(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("aws-secrets.yaml"), text);
        return new ConfigurationReader(Map.of("folder", "forged", "job", "forged", "NAME", "ci")).read(file);
    }
}
