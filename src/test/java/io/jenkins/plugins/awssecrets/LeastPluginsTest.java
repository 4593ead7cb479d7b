package io.jenkins.plugins.awssecrets;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.PluginWrapper;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.tasks.Shell;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.config.AwsSecretsConfiguration;
import io.jenkins.plugins.awssecrets.config.authentication.TokenAuth;
import io.jenkins.plugins.awssecrets.config.credentials.StringCredential;
import io.jenkins.plugins.awssecrets.config.sources.SsmConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.VaultConfiguration;
import io.jenkins.plugins.awssecrets.demo.DemoBackends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.step.AwsSecretsWrapper;
import io.jenkins.plugins.awssecrets.step.binding.StringBinding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** Only what the plugin cannot do without is installed: no Pipeline, no configuration as code, no optional plugin. */
class LeastPluginsTest {
    private static final String FOLDER = "test-dependencies/";

    @RegisterExtension
    final RealJenkinsExtension jenkins =
            new RealJenkinsExtension().omitPlugins(unneeded().toArray(String[]::new));

    @Test
    void aFreestyleBuildGetsItsSecret() throws Throwable {
        assertThat(unneeded())
                .contains("aws-credentials", "aws-java-sdk2-ecr", "aws-java-sdk2-sso", "metrics")
                .contains("docker-commons", "github-branch-source", "gitlab-plugin")
                .contains("configuration-as-code", "workflow-cps", "credentials-binding", "git");

        jenkins.then(LeastPluginsTest::build);
    }

    private static void build(JenkinsRule rule) throws Exception {
        assertThat(rule.jenkins.getPluginManager().getFailedPlugins()).isEmpty();
        assertThat(rule.jenkins.getPluginManager().getPlugins())
                .allMatch(PluginWrapper::isActive)
                .noneMatch(plugin -> plugin.getShortName().startsWith("workflow-cps"));
        try (DemoBackends backends = DemoBackends.start(
                Seed.parse("vault: {mounts: [{path: secret, secrets: [{path: ci, data: {token: least-canary}}]}]}"))) {
            TokenAuth token = new TokenAuth();
            token.setToken(Secret.fromString(Seed.parse("{}").vault().rootToken()));
            VaultConfiguration vault = new VaultConfiguration("vault");
            vault.setUrl(backends.vault().toString());
            vault.setAuth(token);
            StringCredential credential = new StringCredential("token");
            credential.setSecret("vault:secret/ci#token");
            AwsSecretsConfiguration configuration = AwsSecretsConfiguration.get();
            configuration.setSources(List.of(vault));
            configuration.setCredentials(List.of(credential));
            FreeStyleProject project = rule.createFreeStyleProject();
            StringBinding binding = new StringBinding("token");
            binding.setVariable("TOKEN");
            project.getBuildWrappersList().add(new AwsSecretsWrapper(List.of(binding)));
            project.getBuildersList().add(new Shell("echo \"with $TOKEN of ${#TOKEN} letters\""));

            rule.assertLogContains("with **** of 12 letters", rule.buildAndAssertSuccess(project));
        }
    }

    @Test
    void aProfileThatAuthenticatesWithSsoNamesThePluginThatIsMissing() throws Throwable {
        jenkins.then(LeastPluginsTest::buildBySso);
    }

    private static void buildBySso(JenkinsRule rule) throws Exception {
        assertThat(rule.jenkins.getPlugin("aws-java-sdk2-sso")).isNull();
        Path config = Files.writeString(rule.jenkins.getRootDir().toPath().resolve("aws-config"), """
            [profile dev]
            sso_session = corp
            sso_account_id = 123456789012
            sso_role_name = Reader
            [sso-session corp]
            sso_start_url = https://corp.example/start
            sso_region = eu-west-1
            [profile old]
            sso_start_url = https://corp.example/start
            sso_region = eu-west-1
            sso_account_id = 123456789012
            sso_role_name = Reader
            """);
        System.setProperty("aws.configFile", config.toString());
        for (String profile : List.of("dev", "old")) {
            SsmConfiguration ssm = new SsmConfiguration("ssm");
            ssm.setRegion("eu-west-1");
            ssm.setEndpoint("http://127.0.0.1:1");
            ssm.setProfile(profile);
            StringCredential credential = new StringCredential("token");
            credential.setSecret("ssm:/ci/token");
            AwsSecretsConfiguration.get().setSources(List.of(ssm));
            AwsSecretsConfiguration.get().setCredentials(List.of(credential));
            FreeStyleProject project = rule.createFreeStyleProject();
            StringBinding binding = new StringBinding("token");
            binding.setVariable("TOKEN");
            project.getBuildWrappersList().add(new AwsSecretsWrapper(List.of(binding)));

            rule.assertLogContains(
                    "profile " + profile
                            + ": it authenticates with SSO, which needs the plugin aws-java-sdk2-sso. Install"
                            + " that plugin, or name a profile with credential_process",
                    rule.buildAndAssertStatus(Result.FAILURE, project));
        }
    }

    /** What the tests install beside the plugin and what it depends on. */
    private static Set<String> unneeded() {
        try {
            Set<String> needed = new TreeSet<>();
            Deque<String> open = new ArrayDeque<>(dependencies(manifest(resource("the.hpl"), false)));
            while (!open.isEmpty()) {
                String next = open.pop();
                if (needed.add(next)) {
                    open.addAll(dependencies(manifest(resource(FOLDER + next + ".hpi"), true)));
                }
            }
            Set<String> all = new TreeSet<>();
            try (BufferedReader index = new BufferedReader(
                    new InputStreamReader(resource(FOLDER + "index").openStream(), StandardCharsets.UTF_8))) {
                index.lines().forEach(all::add);
            }
            all.removeAll(needed);
            return all;
        } catch (IOException e) {
            throw new IllegalStateException("the list of plugins under test", e);
        }
    }

    private static URL resource(String name) {
        return Thread.currentThread().getContextClassLoader().getResource(name);
    }

    private static Manifest manifest(URL url, boolean inArchive) throws IOException {
        try (InputStream in = url.openStream()) {
            return inArchive ? new JarInputStream(in).getManifest() : new Manifest(in);
        }
    }

    private static List<String> dependencies(Manifest manifest) {
        String all = manifest.getMainAttributes().getValue("Plugin-Dependencies");
        return all == null
                ? List.of()
                : Stream.of(all.split(","))
                        .filter(one -> !one.contains("resolution:=optional"))
                        .map(one -> one.substring(0, one.indexOf(':')))
                        .toList();
    }
}
