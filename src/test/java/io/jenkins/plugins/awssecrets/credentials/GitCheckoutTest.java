package io.jenkins.plugins.awssecrets.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Git logs in, on the controller and on an agent, with a credential of two sources. */
@WithJenkins
class GitCheckoutTest {
    @RegisterExtension
    final Backends backends =
            new Backends(Seed.empty().parameter("/git/username", "robot-7a1e").secret("git/password", "canary-c4d8"));

    @TempDir
    Path directory;

    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        Path work = Files.createDirectory(directory.resolve("work"));
        git(work, "init", "-q", "-b", "main");
        Files.writeString(work.resolve("hello"), "from the repository");
        git(work, "add", "hello");
        git(work, "-c", "user.name=t", "-c", "user.email=t@example.invalid", "commit", "-q", "-m", "first");
        git(directory, "clone", "-q", "--bare", "work", "repo.git");
        git(directory.resolve("repo.git"), "update-server-info");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::file).setAuthenticator(new BasicAuthenticator("repositories") {
            @Override
            public boolean checkCredentials(String username, String password) {
                return username.equals("robot-7a1e") && password.equals("canary-c4d8");
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void checkoutLogsInAndTheSourcesAreAskedOnceABuild(JenkinsRule jenkins) throws Exception {
        backends.configure("""
                credentials:
                  - usernamePassword: {id: git, username: "ssm:/git/username", password: "sm:git/password"}
                discovery: {enabled: false}
                """);
        DumbSlave agent = jenkins.createOnlineSlave();

        WorkflowRun build = BuildUseTest.run(jenkins, """
                for (name in ['built-in', '%s']) {
                    node(name) {
                        checkout scmGit(branches: [[name: 'main']], userRemoteConfigs: [[credentialsId: 'git', url: '%s']])
                        echo readFile('hello')
                    }
                }
                """.formatted(
                agent.getNodeName(), "http://127.0.0.1:" + server.getAddress().getPort() + "/repo.git"));

        jenkins.assertBuildStatus(Result.SUCCESS, build);
        assertThat(JenkinsRule.getLog(build).split("from the repository", -1)).hasSize(3);
        assertThat(JenkinsRule.getLog(build)).doesNotContain("canary");
        assertThat(backends.running().requests().to(Service.SSM)).hasSize(1);
        assertThat(backends.running().requests().to(Service.SECRETS_MANAGER)).hasSize(1);
    }

    /** Git's plain file protocol needs no more than the files. */
    private void file(HttpExchange exchange) throws IOException {
        try (exchange) {
            Path file = directory.resolve(exchange.getRequestURI().getPath().substring(1));
            if (!Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] content = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
        }
    }

    private static void git(Path where, String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), UTF_8);
        assertThat(git.waitFor()).as(said).isZero();
    }
}
