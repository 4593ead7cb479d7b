package io.jenkins.plugins.awssecrets.builds;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.secretsmanager.SecretsManagerSource;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Builds whose sessions may read what they ask for, though their role may read all. Somebody between Jenkins and STS has
 * the sessions, and tries what else they are good for.
 */
@WithJenkins
class ExactPolicyTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/all";
    private static final Deadline SOON = Deadline.in(Duration.ofMinutes(3));

    @RegisterExtension
    private final Backends backends = new Backends(Seed.parse("""
        aws: { roles: [{ arn: "%s" }] }
        ssm: [{ name: /shop/a, value: one }, { name: /shop/b, value: two }, { name: /shop/c, value: three }]
        secretsManager: [{ name: shop/a, string: four }, { name: shop/b, string: five }]
        """.formatted(ROLE)));

    private final List<AwsLogin> stolen = new CopyOnWriteArrayList<>();
    private HttpServer between;

    @BeforeEach
    void listen() throws IOException {
        between = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        between.createContext("/", this::passOn);
        between.start();
    }

    @AfterEach
    void stop() {
        between.stop(0);
    }

    @Test
    void aSessionReadsWhatTheBuildAskedForAndIsDeniedAnythingElse(JenkinsRule jenkins) throws Exception {
        configure();
        WorkflowJob job = jenkins.createProject(Folder.class, "shop").createProject(WorkflowJob.class, "web");
        job.setDefinition(new CpsFlowDefinition("""
            withAwsSecrets([secret(variable: 'A', from: 'own:/shop/a'), secret(variable: 'B', from: 'own:/shop/b')]) {}
            withAwsSecrets([secret(variable: 'A', from: 'own:/shop/a')]) {}
            withAwsSecrets([secret(variable: 'S', from: 'sm:shop/a')]) {}
            withAwsSecrets([secret(variable: 'C', from: 'own:/shop/c')]) {}
            """, true));

        jenkins.buildAndAssertSuccess(job);

        assertThat(backends.running().requests().to(Service.STS))
                .as("one for each block with new names")
                .hasSize(3)
                .extracting(RecordedRequest::details)
                .allSatisfy(login -> assertThat(login).containsEntry("RoleSessionName", "shop-web-1"));
        assertThat(readBy(ssm(stolen.get(0)), "/shop/a", "/shop/b", "/shop/c")).containsExactly("/shop/a", "/shop/b");
        assertThat(readBy(secretsManager(stolen.get(0)), "shop/a", "shop/b")).isEmpty();
        assertThat(readBy(secretsManager(stolen.get(1)), "shop/a", "shop/b")).containsExactly("shop/a");
        assertThat(readBy(ssm(stolen.get(1)), "/shop/a", "/shop/b", "/shop/c")).isEmpty();
        assertThat(readBy(ssm(stolen.get(2)), "/shop/a", "/shop/b", "/shop/c"))
                .as("what was read before may be read again")
                .containsExactly("/shop/a", "/shop/b", "/shop/c");
    }

    /** Names that are answered; any other is denied. */
    private static List<String> readBy(SecretSource source, String... names) {
        try (source) {
            List<Locator> locators = List.of(names).stream()
                    .map(name -> new Locator(source.id(), name, Optional.empty()))
                    .toList();
            Map<Locator, Outcome> outcomes = source.fetch(locators, SOON);
            return locators.stream()
                    .filter(locator -> {
                        Outcome outcome = outcomes.get(locator);
                        if (outcome instanceof Outcome.Failed failed) {
                            assertThat(failed.why().problem()).isEqualTo(Problem.DENIED);
                        }
                        return outcome instanceof Outcome.Found;
                    })
                    .map(Locator::name)
                    .toList();
        }
    }

    private SecretSource ssm(AwsLogin login) {
        return new SsmSource("ssm", settings(backends.running().ssm()).withLogin(login), SourceFilter.NONE);
    }

    private SecretSource secretsManager(AwsLogin login) {
        return new SecretsManagerSource(
                "sm", settings(backends.running().secretsManager()).withLogin(login), SourceFilter.NONE);
    }

    private static AwsSettings settings(URI endpoint) {
        return AwsSettings.DEFAULTS.withRegion("eu-west-1").withEndpoint(endpoint);
    }

    private void configure() throws Exception {
        String more = """
            region: eu-west-1, stsEndpoint: "http://localhost:%d", assumeRole: {roleArn: "%s", perBuild: true, \
            exactPolicy: true}, allow: [{names: ["**"]}]\
            """.formatted(between.getAddress().getPort(), ROLE);
        Backends.load("""
            unclassified:
              awsSecrets:
                defaultSources: false
                discovery: {enabled: false}
                sources:
                  - ssm: {id: own, endpoint: "%1$s", %3$s}
                  - secretsManager: {id: sm, endpoint: "%2$s", %3$s}
            """.formatted(backends.running().ssm(), backends.running().secretsManager(), more));
    }

    private void passOn(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            backends.running().sts())
                    .POST(HttpRequest.BodyPublishers.ofByteArray(
                            exchange.getRequestBody().readAllBytes()));
            for (String name : List.of("Authorization", "Content-Type", "X-Amz-Date")) {
                request.header(name, exchange.getRequestHeaders().getFirst(name));
            }
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
            stolen.add(new AwsLogin.StaticKeys(
                    part(answer.body(), "AccessKeyId"),
                    SecretValue.of(part(answer.body(), "SecretAccessKey")),
                    Optional.of(SecretValue.of(part(answer.body(), "SessionToken")))));
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.statusCode(), body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String part(String xml, String name) {
        Matcher part = Pattern.compile("<" + name + ">([^<]+)</" + name + ">").matcher(xml);
        assertThat(part.find()).as(name).isTrue();
        return part.group(1);
    }
}
