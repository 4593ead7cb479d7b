package io.jenkins.plugins.awssecrets.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credentials that nobody stores, on the command line. */
@Timeout(60)
class MintedCredentialsTest {
    private static DemoConfiguration demo;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        demo = new DemoConfiguration(Seed.parse("""
            aws:
              accessKeys: [{id: demo}]
              roles:
                - {arn: "arn:aws:iam::123456789012:role/deployer", externalId: jenkins}
                - {arn: "arn:aws:iam::123456789012:role/other", trusts: ["nobody"]}
            """));
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @AfterEach
    void forget() {
        demo.backends().faults().clear();
        demo.backends().requests().clear();
    }

    @Test
    void aRoleGivesTheKeysOfASessionByOneCall() throws IOException {
        Map<String, String> given = exec(
                "aws: {id: c, region: eu-west-1, role: {source: sm, roleArn:"
                        + " \"arn:aws:iam::123456789012:role/deployer\", externalId: jenkins, durationSeconds: 900}}",
                "AWS_ACCESS_KEY_ID",
                "AWS_SECRET_ACCESS_KEY",
                "AWS_SESSION_TOKEN",
                "AWS_REGION");

        assertThat(given.get("AWS_ACCESS_KEY_ID")).startsWith("ASIA");
        assertThat(given.get("AWS_SECRET_ACCESS_KEY")).isNotBlank();
        assertThat(given.get("AWS_SESSION_TOKEN")).isNotBlank();
        assertThat(given.get("AWS_REGION")).isEqualTo("eu-west-1");
        assertThat(demo.backends().requests().all()).singleElement().satisfies(request -> assertThat(request.toString())
                .contains("AssumeRole", "deployer", "900"));
    }

    @Test
    void aProfileHasTheKeysOfTheSessionToo() throws IOException {
        Path out = directory.resolve("out");
        Cli.Result result = run(
                role(""),
                "{ echo $AWS_PROFILE; grep -c 'profile aws-secrets-aws' $AWS_CONFIG_FILE; stat -c %a $AWS_CONFIG_FILE;"
                        + " eval \"$(sed -n 's/^credential_process = //p' $AWS_CONFIG_FILE | head -n 1)\";"
                        + " echo; echo $AWS_SECRET_ACCESS_KEY; dirname $AWS_CONFIG_FILE; } > " + out);

        assertThat(result.status()).as(result.err()).isZero();
        java.util.List<String> lines = Files.readAllLines(out);
        assertThat(lines.subList(0, 3)).containsExactly("aws-secrets-aws", "1", "600");
        assertThat(lines.get(3))
                .startsWith("{\"Version\":1,\"AccessKeyId\":\"ASIA")
                .contains("\"SecretAccessKey\":\"" + lines.get(4) + "\"", "\"SessionToken\":\"", "\"Expiration\":\"20");
        assertThat(Path.of(lines.get(5))).doesNotExist();
    }

    @Test
    void keysThatAreInTheFileAloneLeaveNoVariable() throws IOException {
        Map<String, String> given = exec(
                role(", fileOnly: true"),
                "AWS_PROFILE",
                "AWS_REGION",
                "AWS_ACCESS_KEY_ID",
                "AWS_SECRET_ACCESS_KEY",
                "AWS_SESSION_TOKEN");

        assertThat(given)
                .containsEntry("AWS_PROFILE", "aws-secrets-aws")
                .containsEntry("AWS_REGION", "eu-west-1")
                .containsEntry("AWS_ACCESS_KEY_ID", "")
                .containsEntry("AWS_SECRET_ACCESS_KEY", "")
                .containsEntry("AWS_SESSION_TOKEN", "");
    }

    @Test
    void whatTheFilePrintsIsMasked() throws IOException {
        Cli.Result result = run(role(""), "cat $(dirname $AWS_CONFIG_FILE)/AWS.json");

        assertThat(result.out()).contains("****").doesNotContain("SecretAccessKey\":\"demo", "demo-session-");
    }

    @Test
    void exportHasNoProfileSinceItLeavesNoFile() throws IOException {
        Cli.Result result = Cli.run("--config", config(role("")), "export", "--credential", "c", "--format", "dotenv");

        assertThat(result.out()).contains("AWS_SECRET_ACCESS_KEY").doesNotContain("PROFILE", "CONFIG_FILE");
        assertThat(result.err()).contains("AWS_CONFIG_FILE");
    }

    private static String role(String more) {
        return "aws: {id: c, region: eu-west-1, role: {source: sm, roleArn:"
                + " \"arn:aws:iam::123456789012:role/deployer\", externalId: jenkins" + more + "}}";
    }

    @Test
    void aRoleThatIsNotTrustedIsToldWithThePermission() throws IOException {
        Cli.Result result =
                run("aws: {id: c, role: {source: sm, roleArn: \"arn:aws:iam::123456789012:role/other\"}}", "true");

        assertThat(result.status()).isEqualTo(77);
        assertThat(result.err()).contains("sts:AssumeRole").contains("arn:aws:iam::123456789012:role/other");
    }

    @Test
    void ecrGivesALoginByOneCall() throws IOException {
        Map<String, String> given = exec(ecr(), "DOCKER_REGISTRY", "DOCKER_USERNAME", "DOCKER_PASSWORD");

        assertThat(given.get("DOCKER_REGISTRY")).isEqualTo("123456789012.dkr.ecr.eu-west-1.amazonaws.com");
        assertThat(given.get("DOCKER_USERNAME")).isEqualTo("AWS");
        assertThat(given.get("DOCKER_PASSWORD")).startsWith("demo-ecr-");
        assertThat(demo.backends().requests().all()).hasSize(1);
        assertThat(demo.backends().requests().count(Service.ECR, "GetAuthorizationToken"))
                .isEqualTo(1);
    }

    @Test
    void ecrThatIsDeniedIsToldWithThePermission() throws IOException {
        demo.backends().faults().inject(Service.ECR, "GetAuthorizationToken", Fault.denied());

        Cli.Result result = run(ecr(), "true");

        assertThat(result.status()).isEqualTo(77);
        assertThat(result.err()).contains("ecr:GetAuthorizationToken");
    }

    @Test
    void anRdsTokenIsPresignedWithoutAnyCall() throws IOException {
        Map<String, String> given = exec(
                "database: {id: c, engine: postgres, host: db1.abc.eu-central-1.rds.amazonaws.com, dbname: shop,"
                        + " username: ci, rdsToken: {source: ssm}}",
                "DB_HOST",
                "DB_USERNAME",
                "DB_PASSWORD",
                "DB_URL");

        URI token = URI.create("https://" + given.get("DB_PASSWORD"));
        Map<String, String> query = Arrays.stream(token.getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        assertThat(token.getHost()).isEqualTo("db1.abc.eu-central-1.rds.amazonaws.com");
        assertThat(token.getPort()).isEqualTo(5432);
        assertThat(query)
                .containsEntry("Action", "connect")
                .containsEntry("DBUser", "ci")
                .containsEntry("X-Amz-Expires", "900")
                .containsKeys("X-Amz-Signature", "X-Amz-Date");
        assertThat(query.get("X-Amz-Credential")).contains("eu-central-1%2Frds-db%2Faws4_request");
        assertThat(given.get("DB_URL")).isEqualTo("jdbc:postgresql://db1.abc.eu-central-1.rds.amazonaws.com/shop");
        assertThat(demo.backends().requests().all()).isEmpty();
    }

    @Test
    void whatIsMadeIsMasked() throws IOException {
        Cli.Result result = run(ecr(), "echo $DOCKER_USERNAME $DOCKER_PASSWORD");

        assertThat(result.out()).endsWith(" ****\n").doesNotContain("demo-ecr-");
    }

    @Test
    void checkMakesThemToo() throws IOException {
        String config = config("""
            aws: {id: good, role: {source: sm, roleArn: "arn:aws:iam::123456789012:role/deployer", externalId: jenkins}}
              - aws: {id: bad, role: {source: sm, roleArn: "arn:aws:iam::123456789012:role/other"}}
            """);

        Cli.Result result = Cli.run("--config", config, "check");

        assertThat(result.out().lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("ok      credential good: read accessKeyId, secretAccessKey, sessionToken"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("failed  credential bad: ").contains("sts:AssumeRole"));
    }

    @Test
    void policyHasAStatementForEach() throws IOException {
        Cli.Result result = Cli.run("--config", config(every()), "policy");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("sts:AssumeRole", "arn:aws:iam::123456789012:role/deployer")
                .contains("ecr:GetAuthorizationToken")
                .contains("rds-db:connect", ":dbuser:*/ci")
                .doesNotContain("GetSecretValue", "GetParameters", "!");
    }

    @Test
    void adviseSaysThatNothingIsStored() throws IOException {
        Cli.Result result = Cli.run("--config", config(every()), "advise");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out().lines().filter(line -> line.contains("nothing stored, nothing to rotate")))
                .hasSize(3);
        assertThat(result.out()).doesNotContain("!", "nothing rotates it");
    }

    @Test
    void anErrorNamesTheCredentialAndWhatIsMade() throws IOException {
        assertThat(run("aws: {id: c, role: {source: sm, roleArn: \"arn:aws:iam::123456789012:role/other\"}}", "true")
                        .err())
                .doesNotContain("!", "%");
    }

    private static String every() {
        return """
            aws: {id: a, role: {source: sm, roleArn: "arn:aws:iam::123456789012:role/deployer"}}
              - dockerRegistry: {id: b, ecr: {source: sm, registry: 123456789012.dkr.ecr.eu-west-1.amazonaws.com}}
              - database: {id: c, engine: mysql, host: h, username: ci, rdsToken: {source: sm}}
            discovery: {enabled: false}
            """;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aws: {id: c, role: {source: sm}}|the setting roleArn is missing",
                "aws: {id: c, role: {roleArn: x}}|the setting source is missing",
                "aws: {id: c, role: {source: sm, roleArn: x}}|not the ARN of a role",
                "aws: {id: c, role: {source: vault, roleArn: x}}|a source of another kind",
                "aws: {id: c, role: {source: none, roleArn: x}}|no source of that id",
                "aws: {id: c, accessKeyId: AKIA, role: {source: sm, roleArn: x}}|both accessKeyId and role",
                "aws: {id: c, from: \"sm:x\", role: {source: sm, roleArn: x}}|both from and role",
                "aws: {id: c, role: {source: sm, roleArn: \"arn:aws:iam::123456789012:role/x\", fileOnly: x}}|fileOnly",
                "dockerRegistry: {id: c, ecr: {source: sm}}|the setting registry is missing",
                "dockerRegistry: {id: c, ecr: {source: sm, registry: \"a b\"}}|it is not the address of a registry",
                "database: {id: c, username: ci, rdsToken: {source: sm}}|host: the token is made of it",
                "database: {id: c, host: h, username: ci, rdsToken: {source: sm}}|port: the token is made of it",
            })
    void settingsThatAreWrongAreToldWhereTheyAre(String credential, String named) throws IOException {
        Cli.Result result = run(credential, "true");

        assertThat(result.status()).isEqualTo(65);
        assertThat(result.err()).contains(named);
    }

    @Test
    void noReferenceThatIsTypedReachesWhatIsMade() {
        Cli.Result result =
                Cli.run("get", "sm:%21role%20roleArn=arn:aws:iam::123456789012:role/deployer&externalId=jenkins");

        assertThat(result.status()).isEqualTo(65);
        assertThat(demo.backends().requests().all()).isEmpty();
    }

    private static String ecr() {
        return "dockerRegistry: {id: c, ecr: {source: sm, registry: 123456789012.dkr.ecr.eu-west-1.amazonaws.com,"
                + " endpoint: \"" + demo.backends().ecr() + "\"}}";
    }

    private Map<String, String> exec(String credential, String... variables) throws IOException {
        Path out = directory.resolve("out");
        String print =
                Arrays.stream(variables).map(name -> "echo \"$" + name + "\"").collect(Collectors.joining("; "));
        Cli.Result result = run(credential, "{ " + print + "; } > " + out);
        assertThat(result.status()).as(result.err()).isZero();
        java.util.List<String> lines = Files.readAllLines(out);
        Map<String, String> given = new java.util.LinkedHashMap<>();
        for (int i = 0; i < variables.length; i++) {
            given.put(variables[i], lines.get(i));
        }
        return given;
    }

    private Cli.Result run(String credential, String script) throws IOException {
        return Cli.run("--config", config(credential), "exec", "--credential", "c", "--", "sh", "-c", script);
    }

    private String config(String credential) throws IOException {
        Path file = directory.resolve("aws-secrets.yaml");
        demo.write(file, "credentials:\n  - " + credential + "\n");
        return Files.writeString(
                        file,
                        Files.readString(file)
                                .replace(
                                        "accessKeyId: demo,",
                                        "stsEndpoint: \"" + demo.backends().sts() + "\", accessKeyId: demo,"))
                .toString();
    }
}
