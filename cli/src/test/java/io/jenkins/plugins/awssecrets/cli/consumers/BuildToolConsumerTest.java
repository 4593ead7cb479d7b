package io.jenkins.plugins.awssecrets.cli.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.consumers.BasicServer;
import io.jenkins.plugins.awssecrets.engine.consumers.ImageRegistry;
import io.jenkins.plugins.awssecrets.engine.consumers.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tools of builds that log in with a file or a docker configuration, and a signature that another library checks. */
@Timeout(200)
class BuildToolConsumerTest {
    @TempDir
    Path directory;

    @Test
    void skopeoPushesToARegistryWithAPassword() throws Exception {
        Tool.need("skopeo");
        try (BasicServer registry = ImageRegistry.start("robot:p@ss:w0rd"::equals);
                Bench bench = new Bench(
                        directory,
                        Map.of("password", "p@ss:w0rd"),
                        "  - dockerRegistry: {id: hub, registry: \"REGISTRY\", username: robot, password: \"sm:password\"}\n"
                                .replace("REGISTRY", registry.address()))) {
            bench.exec("hub", ImageRegistry.push(directory, registry));
            assertThat(registry.requests()).contains(ImageRegistry.PUSHED);
        }
    }

    /** Whose login nobody stores: what ECR's demo gives is what the registry takes. */
    @Test
    void skopeoPushesToARegistryWithALoginOfEcr() throws Exception {
        Tool.need("skopeo");
        try (BasicServer registry = ImageRegistry.start(pair -> pair.startsWith("AWS:demo-ecr-"));
                Bench bench = new Bench(directory, Map.of(), "")) {
            bench.credentials("  - dockerRegistry: {id: ecr, ecr: {source: sm, registry: \"" + registry.address()
                    + "\", endpoint: \"" + bench.backends().ecr() + "\"}}\n");
            bench.exec("ecr", ImageRegistry.push(directory, registry));
            assertThat(registry.requests()).contains(ImageRegistry.PUSHED);
        }
    }

    @Test
    void mavenReadsAPrivateRepositoryWithSettings() throws Exception {
        Tool.need("mvn");
        String parent = "<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>p</artifactId>"
                + "<version>1</version><packaging>pom</packaging></project>";
        try (BasicServer repository = new BasicServer("reader:maven-password-4711"::equals, exchange -> {
                    boolean is = exchange.getRequestURI().getPath().equals("/g/p/1/p-1.pom");
                    BasicServer.reply(exchange, is ? 200 : 404, is ? parent : "");
                });
                Bench bench = new Bench(
                        directory,
                        Map.of(
                                "settings",
                                "<settings><servers><server><id>private</id><username>reader</username>"
                                        + "<password>maven-password-4711</password></server></servers></settings>\n"),
                        "  - file: {id: settings, fileName: settings.xml, content: \"sm:settings\"}\n")) {
            Path pom = Files.writeString(
                    directory.resolve("pom.xml"),
                    "<project><modelVersion>4.0.0</modelVersion><parent><groupId>g</groupId><artifactId>p</artifactId>"
                            + "<version>1</version><relativePath/></parent><artifactId>a</artifactId>"
                            + "<packaging>pom</packaging><repositories><repository><id>private</id><url>http://"
                            + repository.address() + "/</url></repository></repositories></project>");
            bench.exec(
                    "settings=MAVEN_SETTINGS",
                    "mvn -B -q -s \"$MAVEN_SETTINGS\" -Dmaven.repo.local=" + directory.resolve("local") + " -f " + pom
                            + " validate");
            assertThat(repository.requests()).contains("GET /g/p/1/p-1.pom");
        }
    }

    @Test
    void ansibleOpensAVaultWithThePasswordOfAFile() throws Exception {
        Tool.need("ansible-vault");
        try (Bench bench = new Bench(
                directory,
                Map.of("password", "ansible-password-4711"),
                "  - file: {id: pass, fileName: vault-password, content: \"sm:password\"}\n")) {
            Path vars = Files.writeString(directory.resolve("vars.yml"), "answer: 42\n");
            assertThat(bench.exec(
                            "pass=ANSIBLE_VAULT_PASSWORD_FILE",
                            "export HOME=" + directory + "; ansible-vault encrypt -v " + vars
                                    + " >/dev/null 2>&1; head -c 14 " + vars + "; echo; ansible-vault view " + vars))
                    .isEqualTo("$ANSIBLE_VAULT\nanswer: 42\n");
        }
    }

    @Test
    void botocoreSignsATokenForADatabaseAlike() throws Exception {
        Tool.need("python3");
        Path script = Files.writeString(directory.resolve("check.py"), """
            import datetime, sys, urllib.parse
            import botocore.auth, botocore.session
            given = open(sys.argv[1]).read()
            query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit("https://" + given).query))
            at = datetime.datetime.strptime(query["X-Amz-Date"], "%Y%m%dT%H%M%SZ")
            botocore.auth.get_current_datetime = lambda *a, **k: at
            session = botocore.session.Session()
            session.set_credentials("demo", "demo")
            own = session.create_client("rds", region_name="eu-central-1").generate_db_auth_token(
                DBHostname="db1.abc.eu-central-1.rds.amazonaws.com", Port=5432, DBUsername="ci user+1")
            print(sorted(query.items()) == sorted(urllib.parse.parse_qsl(urllib.parse.urlsplit("https://" + own).query)))
            print(given.split("?")[0] == own.split("?")[0])
            """);
        Path token = directory.resolve("token");
        try (Bench bench = new Bench(
                directory,
                Map.of(),
                "  - database: {id: db, engine: postgres, host: db1.abc.eu-central-1.rds.amazonaws.com, username: \"ci"
                        + " user+1\", rdsToken: {source: sm}}\n")) {
            bench.exec("db", "printf %s \"$DB_PASSWORD\" > " + token);
            assertThat(Tool.run(directory, Map.of(), "python3", script.toString(), token.toString()))
                    .isEqualTo("True\nTrue\n");
        }
    }
}
