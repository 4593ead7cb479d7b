package io.jenkins.plugins.awssecrets.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who has just read the README and tries its examples in their order, in a directory with nothing in it: each works or
 * says in one line what is missing.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NewcomersPathTest {
    private static final Path README = Path.of("..", "README.md");
    private static final String JAR = "java -jar cli/target/aws-secrets.jar ";

    @TempDir
    Path directory;

    private DemoBackends backends;

    @BeforeEach
    void start() throws IOException {
        backends = DemoBackends.start(Seed.read(Path.of("..", "demo", "seeds.yaml")));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    @AfterEach
    void stop() {
        backends.close();
    }

    private record Ended(int status, String out, String err) {}

    @Test
    void eachExampleWorksOrSaysInOneLineWhatIsMissing() throws Exception {
        String command = commandOfReadme();

        Ended bare = run(Map.of(), command);
        assertThat(bare.err().lines())
                .singleElement()
                .asString()
                .contains(
                        "credential docker-hub: not declared",
                        directory.toRealPath() + " has no aws-secrets.yaml",
                        "AWS_REGION")
                .doesNotContain("Exception");
        assertThat(bare.status()).isEqualTo(65);

        Ended withAws = run(environment(), command);
        assertThat(withAws.err().lines())
                .singleElement()
                .asString()
                .contains(
                        "credential docker-hub: neither declared nor discovered",
                        directory.toRealPath() + " has no aws-secrets.yaml");
        assertThat(withAws.status()).isEqualTo(66);

        Files.writeString(directory.resolve("aws-secrets.yaml"), yamlOfReadme());
        Ended withoutScript = run(environment(), command);
        assertThat(withoutScript.err().lines()).singleElement().asString().contains("./deploy.sh");
        assertThat(withoutScript.status()).isEqualTo(127);

        Path deploy = Files.writeString(
                directory.resolve("deploy.sh"),
                "#!/bin/sh\necho \"at $DOCKER_REGISTRY password $DOCKER_PASSWORD token $SONAR_TOKEN\"\n");
        Files.setPosixFilePermissions(deploy, PosixFilePermissions.fromString("rwx------"));
        Ended works = run(environment(), command);
        assertThat(works.err()).isEmpty();
        assertThat(works.out()).isEqualTo("at registry.example.com password **** token ****\n");
        assertThat(works.status()).isZero();
    }

    /** The commands that come to mind next, with the README's configuration. */
    @Test
    void theConfigurationOfTheReadmeIsGoodForTheOtherCommandsToo() throws Exception {
        Files.writeString(directory.resolve("aws-secrets.yaml"), yamlOfReadme());

        assertThat(run(environment(), "list").out()).contains("docker-hub", "orders-db", "sm:ci/docker#password");
        assertThat(run(environment(), "check").out())
                .contains("ok      credential docker-hub", "ok      credential orders-db");
        assertThat(run(environment(), "get --credential orders-db#host").out()).isEqualTo("orders.db.example.com");
        assertThat(run(environment(), "policy --format iam").out()).contains("secretsmanager:GetSecretValue");
    }

    private String commandOfReadme() throws IOException {
        List<String> examples = Files.readAllLines(README).stream()
                .filter(line -> line.startsWith(JAR))
                .toList();
        assertThat(examples).as("the README's commands").hasSize(1);
        return examples.get(0).substring(JAR.length());
    }

    private static String yamlOfReadme() throws IOException {
        Matcher yaml = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$").matcher(Files.readString(README));
        assertThat(yaml.find()).isTrue();
        return yaml.group(1);
    }

    private Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL_SSM", backends.ssm().toString(),
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", backends.secretsManager().toString(),
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "demo",
                "AWS_SECRET_ACCESS_KEY", "demo");
    }

    private Ended run(Map<String, String> environment, String line) throws Exception {
        ProcessBuilder builder = CliProcess.builder(CliProcess.OPENS, Map.of(), line.split(" "));
        builder.directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(AWS|VAULT)_.*|CI|.*(?i:proxy)"));
        builder.environment().putAll(environment);
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        List<String> words = builder.command();
        int classPath = words.indexOf("-cp") + 1;
        words.set(classPath, absolute(words.get(classPath)));
        Path err = Files.createTempFile("newcomer", ".err");
        Process process = builder.redirectError(err.toFile()).start();
        process.getOutputStream().close();
        String out = CliProcess.all(process.getInputStream());
        int status = process.waitFor();
        String told = Files.readString(err);
        Files.delete(err);
        return new Ended(status, out, told);
    }

    /** The class path of the test may be relative to another directory. */
    private static String absolute(String classPath) {
        return String.join(
                ":",
                Arrays.stream(classPath.split(":"))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }
}
