package io.jenkins.plugins.awssecrets.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case: a file, line:column of the mistake, the path to the field, and a piece of what was expected there. */
class MalformedConfigurationTest {
    private static final String CANARY = "hunter2canary";

    @TempDir
    Path directory;

    static Stream<Arguments> yaml() {
        return Stream.of(
                arguments("sources: [", "1:11", "", "close the bracket"),
                arguments("sources: {", "1:11", "", "close"),
                arguments("sources:\n  - ssm: {id: ssm\n", "3:1", "", "a '{' that is not closed"),
                arguments("sources:\n\t- ssm: {}\n", "2:1", "", "indent with spaces"),
                arguments("sources: 'x\n", "2:1", "", "close the quote"),
                arguments("sources: \"a\\qb\"\n", "1:13", "", "single quotes"),
                arguments("credentials: x: y\n", "1:15", "", "put a text with ': ' into quotes"),
                arguments("sources:\n  - ssm: {}\n metadataCache: 5m\n", "3:2", "", "indent"),
                arguments("discovery:\n  enabled: true\n bad\n", "3:2", "", "indent"),
                arguments("a: b\nhunter2canary\n", "3:1", "", "write a key, a colon and a space"),
                arguments("sources: @hunter2canary\n", "1:10", "", "put the text into quotes"),
                arguments("sources: *hunter2canary\n", "1:10", "sources", "quotes"),
                arguments("sources: !hunter2canary x\n", "1:10", "sources", "without '!'"),
                arguments("--- {}\n--- {}\n", "2:5", "", "one document"),
                arguments("sources: []\nsources: []\n", "2:1", "", "keep one of the two"),
                arguments("discovery: {enabled: true, enabled: false}\n", "1:28", "discovery", "keep one of the two"),
                arguments("sources: []\n<<: {a: b}\n", "2:1", "", "a merge key of YAML"),
                arguments("[".repeat(40) + "]".repeat(40), "1:33", "", "nest at most 32"),
                arguments("sources: \u0007\n", "1:10", "", "escape in quotes"),
                arguments("hunter2canary\n", "1:1", "", "write keys and values"),
                arguments("- sources\n", "1:1", "", "a list where a map belongs"),
                arguments("metadataCache: &x 5m\nsources: *x\n", "2:10", "sources", "an alias"));
    }

    static Stream<Arguments> sources() {
        return Stream.of(
                arguments("source: []\n", "1:1", "", "expected one of sources"),
                arguments("sources: {ssm: {}}\n", "1:10", "sources", "begin each item with '- '"),
                arguments("sources: hunter2canary\n", "1:10", "sources", "begin each item with '- '"),
                arguments("sources: [hunter2canary]\n", "1:11", "sources[0]", "a text where a map belongs"),
                arguments("sources: [{}]\n", "1:11", "sources[0]", "write one of ssm, secretsManager, vault"),
                arguments("sources: [{ssm: {}, vault: {}}]\n", "1:11", "sources[0]", "several keys where one"),
                arguments("sources: [{sm: {}}]\n", "1:12", "sources[0]", "expected one of ssm, secretsManager, vault"),
                arguments("sources: [{ssm: []}]\n", "1:17", "sources[0].ssm", "a list where a map belongs"),
                arguments(
                        "sources: [{ssm: {ids: x}}]\n",
                        "1:18",
                        "sources[0].ssm",
                        "expected one of id, assumeRole, region"),
                arguments("sources: [{ssm: {id: 1x}}]\n", "1:22", "sources[0].ssm.id", "start with a letter"),
                arguments("sources: [{ssm: {id: a_b}}]\n", "1:22", "sources[0].ssm.id", "start with a letter"),
                arguments(
                        "sources:\n  - ssm: {}\n  - ssm: {id: ssm}\n",
                        "3:15",
                        "sources[1].ssm.id",
                        "a different id for each source"),
                arguments("sources: [{ssm: {region: [a]}}]\n", "1:26", "sources[0].ssm.region", "a list where a text"),
                arguments(
                        "sources: [{ssm: {endpoint: host}}]\n",
                        "1:28",
                        "sources[0].ssm.endpoint",
                        "http:// or https://"),
                arguments(
                        "sources: [{ssm: {endpoint: \"https://u:hunter2canary@h\"}}]\n",
                        "1:28",
                        "sources[0].ssm.endpoint",
                        "http:// or https://"),
                arguments("sources: [{ssm: {fips: maybe}}]\n", "1:24", "sources[0].ssm.fips", "neither true nor false"),
                arguments(
                        "sources: [{ssm: {endpoint: \"http://h\", fips: true}}]\n",
                        "1:46",
                        "sources[0].ssm.fips",
                        "remove this or the endpoint"),
                arguments(
                        "sources: [{ssm: {secretAccessKey: hunter2canary}}]\n",
                        "1:35",
                        "sources[0].ssm.secretAccessKey",
                        "both accessKeyId and secretAccessKey"),
                arguments(
                        "sources: [{ssm: {profile: p, webIdentity: {roleArn: r, tokenFile: f}}}]\n",
                        "1:17",
                        "sources[0].ssm",
                        "keep one of profile"),
                arguments(
                        "sources: [{ssm: {assumeRole: hunter2canary}}]\n",
                        "1:30",
                        "sources[0].ssm.assumeRole",
                        "a text where a map belongs"),
                arguments(
                        "sources: [{ssm: {assumeRole: {}}}]\n",
                        "1:30",
                        "sources[0].ssm.assumeRole",
                        "'roleArn' is missing"),
                arguments(
                        "sources: [{ssm: {assumeRole: {roleArn: hunter2canary}}}]\n",
                        "1:30",
                        "sources[0].ssm.assumeRole",
                        "arn:aws:iam::"),
                arguments(
                        "sources:\n  - ssm:\n      assumeRole:\n"
                                + "        - {roleArn: \"arn:aws:iam::123456789012:role/a\"}\n"
                                + "        - {roleArn: hunter2canary}\n",
                        "5:11",
                        "sources[0].ssm.assumeRole[1]",
                        "arn:aws:iam::"),
                arguments(
                        "sources: [{ssm: {assumeRole: [hunter2canary]}}]\n",
                        "1:31",
                        "sources[0].ssm.assumeRole[0]",
                        "a text where a map belongs"),
                arguments(
                        "sources: [{ssm: {proxy: {host: p, port: 70000}}}]\n",
                        "1:41",
                        "sources[0].ssm.proxy.port",
                        "from 1 to 65535"),
                arguments(
                        "sources: [{ssm: {filter: {namePrefix: x}}}]\n",
                        "1:27",
                        "sources[0].ssm.filter",
                        "expected one of pathPrefix"),
                arguments(
                        "sources: [{secretsManager: {filter: {tags: {team: web}}}}]\n",
                        "1:44",
                        "sources[0].secretsManager.filter.tags",
                        "begin each item with '- '"),
                arguments(
                        "sources: [{secretsManager: {filter: {tags: [{value: web}]}}}]\n",
                        "1:45",
                        "sources[0].secretsManager.filter.tags[0]",
                        "'key' is missing"),
                arguments(
                        "sources: [{vault: {auth: {token: {token: hunter2canary}}}}]\n",
                        "1:19",
                        "sources[0].vault",
                        "'url' is missing"),
                arguments("sources: [{vault: {url: \"http://v\"}}]\n", "1:19", "sources[0].vault", "'auth' is missing"),
                arguments(
                        "sources: [{vault: {url: \"http://v/v1\", auth: {agent: {}}}}]\n",
                        "1:19",
                        "sources[0].vault",
                        "remove /v1"),
                arguments(
                        "sources: [{vault: {url: \"unix://run/hunter2canary\"}}]\n",
                        "1:25",
                        "sources[0].vault.url",
                        "unix:// and the absolute path"),
                arguments(
                        "sources: [{vault: {url: \"unix:///run/agent.sock\", caCertificateFile: /ca}}]\n",
                        "1:19",
                        "sources[0].vault",
                        "does not use TLS"),
                arguments(
                        "sources: [{vault: {url: \"http://v\", auth: hunter2canary}}]\n",
                        "1:43",
                        "sources[0].vault.auth",
                        "a text where a map belongs"),
                arguments(
                        "sources: [{vault: {url: \"http://v\", auth: {password: hunter2canary}}}]\n",
                        "1:44",
                        "sources[0].vault.auth",
                        "expected one of token, agent, appRole"),
                arguments(
                        "sources: [{vault: {url: \"http://v\", auth: {appRole: {secretId: x}}}}]\n",
                        "1:53",
                        "sources[0].vault.auth.appRole",
                        "'roleId' is missing"),
                arguments(
                        "sources: [{vault: {url: \"http://v\", auth: {token: {token: hunter2canary, tokenFile:"
                                + " f}}}}]\n",
                        "1:85",
                        "sources[0].vault.auth.token.tokenFile",
                        "keep one of the two"));
    }

    static Stream<Arguments> credentials() {
        return Stream.of(
                arguments("credentials: [hunter2canary]\n", "1:15", "credentials[0]", "a text where a map belongs"),
                arguments("credentials: [{text: {}}]\n", "1:16", "credentials[0]", "expected one of string"),
                arguments(
                        "credentials: [{string: {secret: \"sm:x\"}}]\n",
                        "1:24",
                        "credentials[0].string",
                        "'id' is missing"),
                arguments(
                        "credentials: [{string: {id: x}}]\n",
                        "1:24",
                        "credentials[0].string",
                        "the field secret is missing"),
                arguments("credentials: [{string: }]\n", "1:23", "credentials[0].string", "'id' is missing"),
                arguments(
                        "credentials: [{string: {id: \"a b\", secret: \"sm:x\"}}]\n",
                        "1:24",
                        "credentials[0].string",
                        "use letters"),
                arguments(
                        "credentials: [{string: {id: x, secret: hunter2canary}}]\n",
                        "1:40",
                        "credentials[0].string.secret",
                        "position 14: no colon. Expected a colon"),
                arguments(
                        "credentials:\n  - string:\n      id: x\n      secret: \"hunter2canary:x\"\n",
                        "4:15",
                        "credentials[0].string.secret",
                        "position 1: no source of that id. Expected one of sm, ssm, vault"),
                arguments(
                        "credentials: [{string: {id: x, secret: \"sm:a b\"}}]\n",
                        "1:40",
                        "credentials[0].string.secret",
                        "position 5: a blank. Expected %20"),
                arguments(
                        "credentials: [{string: {id: x, secret: \"vault:secret/data/ci\"}}]\n",
                        "1:40",
                        "credentials[0].string.secret",
                        "position 14: 'data/' after the mount"),
                arguments(
                        "credentials: [{string: {id: x, secret: {sm: hunter2canary}}}]\n",
                        "1:40",
                        "credentials[0].string.secret",
                        "a map where a text belongs"),
                arguments(
                        "credentials: [{usernamePassword: {id: x, username: \"ssm:a//b\", password: \"sm:x\"}}]\n",
                        "1:52",
                        "credentials[0].usernamePassword.username",
                        "'/' before the first part"),
                arguments(
                        "credentials: [{usernamePassword: {id: x, user: hunter2canary, password: \"sm:x\"}}]\n",
                        "1:42",
                        "credentials[0].usernamePassword",
                        "expected one of id, description, allowEmpty, username, password, from"),
                arguments(
                        "credentials: [{string: {id: x, from: \"sm:x\"}}]\n",
                        "1:32",
                        "credentials[0].string",
                        "expected one of id, description, allowEmpty, secret"),
                arguments(
                        "credentials: [{database: {id: x, from: hunter2canary}}]\n",
                        "1:40",
                        "credentials[0].database.from",
                        "a colon"),
                arguments(
                        "credentials: [{string: {id: x, secret: \"sm:x\", allowEmpty: sometimes}}]\n",
                        "1:60",
                        "credentials[0].string.allowEmpty",
                        "neither true nor false"),
                arguments(
                        "credentials:\n  - string: {id: x, secret: \"sm:x\"}\n  - file: {id: x, content: \"sm:y\"}\n",
                        "3:16",
                        "credentials[1].file.id",
                        "use a different id for each credential"),
                arguments("source: []\n", "1:1", "", "Did you mean sources? Expected one of sources"),
                arguments("sources: [{sms: {}}]\n", "1:12", "sources[0]", "Did you mean ssm? Expected one of"),
                arguments("sources: [{ssm: {regoin: x}}]\n", "1:18", "sources[0].ssm", "Did you mean region?"),
                arguments(
                        "sources: [{ssm: {credentialId: x}}]\n",
                        "1:18",
                        "sources[0].ssm",
                        "Did you mean credentialsId?"),
                arguments(
                        "credentials: [{username-password: {}}]\n",
                        "1:16",
                        "credentials[0]",
                        "Did you mean usernamePassword?"),
                arguments(
                        "sources: [{vault: {url: 'http://v', auth: {approle: {}}}}]\n",
                        "1:44",
                        "sources[0].vault.auth",
                        "Did you mean appRole?"),
                arguments("sources: [{ssm: {<<: {region: x}}}]\n", "1:18", "sources[0].ssm", "a merge key of YAML"),
                arguments("x: &a {}\nsources: [{ssm: *a}]\n", "2:17", "sources[0].ssm", "an alias"),
                arguments("sources:\n  - ssm:\n    region: x\n", "2:5", "sources[0]", "several keys"),
                arguments("sources:\n  ssm: {}\n", "2:3", "sources", "a map where a list belongs"),
                arguments("discovery: true\n", "1:12", "discovery", "a text where a map belongs"),
                arguments("discovery: {enable: true}\n", "1:13", "discovery", "expected one of enabled"),
                arguments("metadataCache: soon\n", "1:16", "metadataCache", "such as 30s"));
    }

    static Stream<Arguments> variables() {
        return Stream.of(
                arguments("metadataCache: \"${UNSET}\"\n", "1:16", "metadataCache", "variable UNSET is not set"),
                arguments("metadataCache: \"${SET\"\n", "1:16", "metadataCache", "'${' without '}'"),
                arguments("metadataCache: \"${a b}\"\n", "1:16", "metadataCache", "no variable name"),
                arguments("metadataCache: \"${readFile:x}\"\n", "1:16", "metadataCache", "no variable name"),
                arguments("metadataCache: \"${A:-${UNSET}}\"\n", "1:16", "metadataCache", "variable UNSET is not set"),
                arguments(
                        "credentials: [{string: {id: x, secret: \"${SET}\"}}]\n",
                        "1:40",
                        "credentials[0].string.secret",
                        "no colon"),
                arguments("unclassified:\n  other: {}\n", "2:3", "unclassified", "'awsSecrets' is missing"),
                arguments(
                        "unclassified:\n  awsSecrets:\n    source: []\n",
                        "3:5",
                        "unclassified.awsSecrets",
                        "expected one of sources"));
    }

    @ParameterizedTest(name = "{1} {2}: {3}")
    @MethodSource({"yaml", "sources", "credentials", "variables"})
    void aMistakeIsToldByPlaceAndExpectation(String text, String position, String path, String expected)
            throws IOException {
        Path file = Files.writeString(directory.resolve("aws-secrets.yaml"), text);

        assertThatThrownBy(() -> reader().read(file)).isInstanceOfSatisfying(SecretException.class, e -> {
            assertThat(e.problem()).isEqualTo(Problem.MALFORMED);
            assertThat(e.subject()).isEqualTo(file + ":" + position + (path.isEmpty() ? "" : ": " + path));
            assertThat(e.getMessage())
                    .containsIgnoringCase(expected)
                    .doesNotContain(CANARY)
                    .doesNotContain("\n");
            assertThat(e.getCause()).isNull();
        });
    }

    private static ConfigurationReader reader() {
        return new ConfigurationReader(Map.of("SET", CANARY));
    }
}
