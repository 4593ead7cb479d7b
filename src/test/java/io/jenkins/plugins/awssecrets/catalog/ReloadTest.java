package io.jenkins.plugins.awssecrets.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.ProxyConfiguration;
import hudson.model.ItemGroup;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.Eventually;
import io.jenkins.plugins.awssecrets.cleanup.Remainders;
import io.jenkins.plugins.awssecrets.config.AwsSecretsConfiguration;
import io.jenkins.plugins.awssecrets.config.AwsSecretsFolderProperty;
import io.jenkins.plugins.awssecrets.config.authentication.AppRoleAuth;
import io.jenkins.plugins.awssecrets.config.rules.SourceRule;
import io.jenkins.plugins.awssecrets.config.sources.VaultConfiguration;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a change of the configuration does to sources, and to builds that hold leases of theirs. */
@WithJenkins
class ReloadTest {
    private static final String BLOCK = """
        withAwsSecrets([secret(variable: 'P', from: 'vault:database/creds/ci#password')]) {
          semaphore 'inside'
        }
        """;

    @RegisterExtension
    final Backends backends = new Backends(Seed.parse("""
        secretsManager: [{name: ci/token, string: canary-11}]
        vault:
          policies: {ci: [{path: "*", capabilities: [read, update]}]}
          auth: [{type: approle, accept: [{with: {role_id: r, secret_id: canary-s}, policies: [ci]}]}]
          mounts:
            - {path: database, type: database, roles: {ci: {ttl: 1h, fields: {password: "canary-{{random}}"}}}}
        """));

    @Test
    void saveOfAnotherCredentialLeavesALeaseAlive(JenkinsRule jenkins) throws Exception {
        store("role", "canary-s");
        configure("", "before");
        Object source = source(jenkins.jenkins);
        WorkflowRun build = start(jenkins, jenkins.createProject(WorkflowJob.class, "p"));

        configure("", "after");
        AwsSecretsConfiguration.get().save();
        store("unrelated", "canary-u");
        settled();

        assertThat(source(jenkins.jenkins)).isSameAs(source);
        assertThat(revokedTokens()).isZero();
        assertThat(Catalog.get().in(jenkins.jenkins).find("after", Duration.ZERO))
                .isPresent();
        end(jenkins, build);
        assertThat(backends.running().requests().count(Service.VAULT, "login")).isEqualTo(1);
        assertThat(revokedTokens()).isZero();
    }

    @Test
    void changedSourceClosesWhenTheLeaseOfABlockIsRevoked(JenkinsRule jenkins) throws Exception {
        store("role", "canary-s");
        configure("", "before");
        Object source = source(jenkins.jenkins);
        WorkflowRun build = start(jenkins, jenkins.createProject(WorkflowJob.class, "p"));

        configure("filter: {pathPrefix: secret/ci}, ", "before");
        settled();

        assertThat(source(jenkins.jenkins)).isNotSameAs(source);
        assertThat(revokedTokens()).isZero();
        end(jenkins, build);
        Eventually.holds(() -> revokedTokens() == 1);
    }

    @Test
    void removedSourceClosesWhenTheLeaseOfABlockIsRevoked(JenkinsRule jenkins) throws Exception {
        store("role", "canary-s");
        configure("", "before");
        WorkflowRun build = start(jenkins, jenkins.createProject(WorkflowJob.class, "p"));

        Backends.load("unclassified: {awsSecrets: {sources: [], credentials: []}}\n");
        settled();

        assertThat(revokedTokens()).isZero();
        end(jenkins, build);
        Eventually.holds(() -> revokedTokens() == 1);
    }

    @Test
    void changedLoginOrProxyCountsFromTheNextCallOn(JenkinsRule jenkins) throws Exception {
        store("role", "canary-s");
        configure("", "before");
        Object first = source(jenkins.jenkins);

        SystemCredentialsProvider.getInstance().getCredentials().clear();
        store("role", "canary-other");
        Object second = source(jenkins.jenkins);
        jenkins.jenkins.setProxy(new ProxyConfiguration("proxy.example", 3128));
        jenkins.jenkins.getProxy().save();
        Object third = source(jenkins.jenkins);

        assertThat(second).isNotSameAs(first);
        assertThat(third).isNotSameAs(second);
    }

    @Test
    void leaseOfAFolderSourceEndsWhereNobodyMayReadTheFolder(JenkinsRule jenkins) throws Exception {
        backends.lend();
        Folder team = jenkins.createProject(Folder.class, "team");
        team.addProperty(ofTheTeam());
        WorkflowJob job = team.createProject(WorkflowJob.class, "p");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        WorkflowRun build = start(jenkins, job);

        end(jenkins, build);

        assertThat(revokedTokens()).isZero();
    }

    /** Every minute what ended builds left behind is looked for. */
    @Test
    void runningBuildIsNotTakenForAnEndedOneWhereNobodyMayReadIt(JenkinsRule jenkins) throws Exception {
        store("role", "canary-s");
        configure("", "before");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        WorkflowRun build = start(jenkins, jenkins.createProject(WorkflowJob.class, "p"));

        Catalog.get().executor().submit(() -> Remainders.get().retry()).get(60, TimeUnit.SECONDS);

        end(jenkins, build);
    }

    @Test
    void leaseIsFoundByWhereItsSourceWasWhenItWasGiven(JenkinsRule jenkins) throws Exception {
        backends.lend();
        Folder team = jenkins.createProject(Folder.class, "team");
        team.addProperty(ofTheTeam());
        SecretSource source = Catalog.get().source("team", "vault").orElseThrow();
        Locator locator = new Locator("vault", "database/creds/ci", Optional.empty());
        Outcome.Found found =
                (Outcome.Found) source.fetch(List.of(locator), deadline()).get(locator);

        team.renameTo("renamed");
        settled();

        assertThat(revokedTokens()).isZero();
        LeasedSource now = (LeasedSource) Catalog.get().source("team", "vault").orElseThrow();
        now.revoke(found.payload().lease().orElseThrow(), deadline());
        assertThat(revokedTokens()).isEqualTo(1);
        Catalog.get().closeRetired();
        assertThat(Catalog.get().source("team", "vault")).isEmpty();
    }

    private AwsSecretsFolderProperty ofTheTeam() {
        AppRoleAuth auth = new AppRoleAuth();
        auth.setRoleId("r");
        auth.setSecretId(Secret.fromString("canary-s"));
        VaultConfiguration source = new VaultConfiguration("vault");
        source.setUrl(backends.running().vault().toString());
        source.setAuth(auth);
        SourceRule everything = new SourceRule();
        everything.setNames(List.of("**"));
        source.setAllow(List.of(everything));
        AwsSecretsFolderProperty property = new AwsSecretsFolderProperty();
        property.setSources(List.of(source));
        return property;
    }

    private void configure(String settings, String id) throws Exception {
        Backends.load("""
            unclassified:
              awsSecrets:
                %s
                sources:
                  - vault: {id: vault, %surl: "%s", auth: {appRole: {credentialsId: role}}, allow: [{names: ["**"]}]}
                credentials:
                  - string: {id: %s, secret: "sm:ci/token"}
                discovery: {enabled: false}
            """.formatted(
                        backends.lent().strip(), settings, backends.running().vault(), id));
    }

    private static void store(String id, String password) throws Exception {
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.SYSTEM, id, "", "r", password));
        provider.save();
    }

    private static WorkflowRun start(JenkinsRule jenkins, WorkflowJob job) throws Exception {
        job.setDefinition(new CpsFlowDefinition(BLOCK, true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart("inside/1", build);
        return build;
    }

    private void end(JenkinsRule jenkins, WorkflowRun build) throws Exception {
        assertThat(backends.running().requests().count(Service.VAULT, "lease-revoke"))
                .isZero();
        SemaphoreStep.success("inside/1", null);
        jenkins.waitForCompletion(build);
        jenkins.waitUntilNoActivity();
        jenkins.assertBuildStatusSuccess(build);
        Eventually.holds(() -> backends.running().requests().count(Service.VAULT, "lease-revoke") == 1);
    }

    private static Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(30));
    }

    private int revokedTokens() {
        return backends.running().requests().count(Service.VAULT, "revoke-self");
    }

    private static Object source(ItemGroup<?> place) {
        return Catalog.get().in(place).source("vault").orElseThrow();
    }

    /** The catalog settles on its executor, in the order of the changes. */
    private static void settled() throws Exception {
        Eventually.holds(() -> Catalog.get().isSettled());
    }
}
