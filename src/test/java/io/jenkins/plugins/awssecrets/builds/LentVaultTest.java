package io.jenkins.plugins.awssecrets.builds;

import static io.jenkins.plugins.awssecrets.builds.VaultForBuilds.job;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.Eventually;
import io.jenkins.plugins.awssecrets.SharedJenkins;
import io.jenkins.plugins.awssecrets.config.AwsSecretsFolderProperty;
import io.jenkins.plugins.awssecrets.config.FolderSources;
import io.jenkins.plugins.awssecrets.config.authentication.AwsIamAuth;
import io.jenkins.plugins.awssecrets.config.authentication.ChildTokensConfiguration;
import io.jenkins.plugins.awssecrets.config.authentication.JwtAuth;
import io.jenkins.plugins.awssecrets.config.authentication.VaultAuth;
import io.jenkins.plugins.awssecrets.config.credentials.CredentialConfiguration;
import io.jenkins.plugins.awssecrets.config.credentials.StringCredential;
import io.jenkins.plugins.awssecrets.config.rules.SourceRule;
import io.jenkins.plugins.awssecrets.config.sources.VaultConfiguration;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** What of the controller's Vault builds of a folder may use, where each reads as itself: what was lent, as their folder. */
@ExtendWith(SharedJenkins.class)
class LentVaultTest {
    private static JenkinsRule jenkins;

    @RegisterExtension
    private final Backends backends = new Backends(VaultForBuilds.seed(address()));

    private Folder shop;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void make() throws Exception {
        shop = jenkins.createProject(Folder.class, "shop");
    }

    @AfterEach
    void drop() throws Exception {
        SharedJenkins.clear(jenkins);
        SystemCredentialsProvider.getInstance().getCredentials().clear();
    }

    @Test
    void theControllersLoginMakesTokensForBuildsOfTheFolderThatItWasLentTo() throws Exception {
        own(shop, controllersLogin("shop-ci"), tokens());
        for (String loan : List.of(
                "",
                "roles: [shop-ci]",
                "addresses: ['" + vault() + "']",
                "roles: [bank-*], addresses: ['" + vault() + "']")) {
            lend("shop/**", loan);
            WorkflowRun refused = jenkins.buildAndAssertStatus(Result.FAILURE, reads(shop, "secret/shop/db"));
            jenkins.assertLogContains("a folder may not use ", refused);
            jenkins.assertLogContains("have an administrator lend the ", refused);
        }
        assertThat(requests()).isEmpty();

        lend("shop/**", "roles: ['shop-*'], addresses: ['" + vault() + "']");
        WorkflowRun own = jenkins.buildAndAssertSuccess(reads(shop, "secret/shop/db"));
        WorkflowRun others = jenkins.buildAndAssertStatus(Result.FAILURE, reads(shop, "secret/bank/db"));

        jenkins.assertLogContains("the build's token has the policies default, jenkins-shop", others);
        for (WorkflowRun build : List.of(own, others)) {
            Eventually.nothingIsLeftOf(build);
            String caller = "token-jenkins-" + build.getParent().getFullName().replace('/', '-') + "-1";
            assertThat(callers("read")).contains(caller);
            assertThat(callers("revoke-self")).contains(caller);
        }
        assertThat(callers("token")).containsOnly("aws-shop-ci");
        assertThat(callers("read")).doesNotContain("aws-shop-ci").hasSize(2);
    }

    @Test
    void whatIsLentToAFolderIsForNoOther() throws Exception {
        Folder bank = jenkins.createProject(Folder.class, "bank");
        own(bank, controllersLogin("shop-ci"), tokens());
        lend("shop/**", "roles: ['shop-*'], addresses: ['" + vault() + "']");

        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, reads(bank, "secret/bank/db"));

        jenkins.assertLogContains("a folder may not use the default AWS credentials chain", build);
        assertThat(requests()).isEmpty();
    }

    @Test
    void aBuildsIdTokenIsShownToALentAddressAlone() throws Exception {
        VaultForBuilds.configure(vault(), VaultForBuilds.BY_ID_TOKEN);
        own(shop, idToken("jenkins-${folder}"), null);
        lend("bank", "addresses: ['" + vault() + "']");
        WorkflowRun refused = jenkins.buildAndAssertStatus(Result.FAILURE, reads(shop, "secret/shop/db"));
        jenkins.assertLogContains("a folder may not use an address without TLS", refused);
        assertThat(requests()).isEmpty();

        lend("shop", "addresses: ['" + vault() + "']");
        jenkins.buildAndAssertSuccess(reads(shop, "secret/shop/db"));
        WorkflowRun others = jenkins.buildAndAssertStatus(Result.FAILURE, reads(shop, "secret/bank/db"));
        jenkins.assertLogContains("the build's token has the policies default, jenkins-shop", others);

        own(shop, idToken("jenkins-bank"), null);
        WorkflowRun role = jenkins.buildAndAssertStatus(Result.FAILURE, reads(shop, "secret/bank/db"));
        jenkins.assertLogContains("the claim sub of the JWT does not match the role", role);
    }

    @Test
    void aSystemCredentialMakesNoIdTokenForAFoldersSource() throws Exception {
        VaultForBuilds.configure(vault(), VaultForBuilds.BY_ID_TOKEN);
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        IdTokens.declare(CredentialsScope.SYSTEM, "id-token", "vault");
        own(shop, idToken("jenkins-${folder}"), null);
        lend("shop", "addresses: ['" + vault() + "']");

        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, reads(shop, "secret/shop/db"));

        jenkins.assertLogContains("no secret text with this id was found", build);
        assertThat(callers("login")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {VaultForBuilds.BY_ID_TOKEN, VaultForBuilds.BY_CHILD_TOKEN})
    void aSourceOfJenkinsThatIsLentReadsForCredentialsOfTheFolderAsItsBuilds(String authentication) throws Exception {
        VaultForBuilds.configure(vault(), authentication);
        declare(shop, "own", "vault:secret/shop/db#password");
        declare(shop, "others", "vault:secret/bank/db#password");
        String loans = "folders: [{folders: [%s], sources: [vault]}]";
        VaultForBuilds.load(vault(), authentication + ", allow: []", loans.formatted("bank"));
        WorkflowRun unlent = jenkins.buildAndAssertStatus(Result.FAILURE, uses(shop, "own"));
        assertThat(requests()).isEmpty();

        VaultForBuilds.load(vault(), authentication + ", allow: []", loans.formatted("shop"));
        WorkflowRun own = jenkins.buildAndAssertSuccess(uses(shop, "own"));
        WorkflowRun others = jenkins.buildAndAssertStatus(Result.FAILURE, uses(shop, "others"));

        jenkins.assertLogContains("the build's token has the policies default, jenkins-shop", others);
        for (WorkflowRun build : List.of(unlent, own, others)) {
            Eventually.nothingIsLeftOf(build);
            assertThat(JenkinsRule.getLog(build)).doesNotContain("canary-", VaultForBuilds.TOKEN_MARK);
        }
    }

    private static URI address() {
        try {
            return jenkins.getURL().toURI();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI vault() {
        return backends.running().vault();
    }

    private List<RecordedRequest> requests() {
        return backends.running().requests().all();
    }

    /** With whose tokens something was asked for. */
    private List<String> callers(String operation) {
        return backends.running().requests().to(Service.VAULT, operation).stream()
                .map(call -> call.details().getOrDefault("caller", ""))
                .toList();
    }

    private static WorkflowJob reads(Folder folder, String path) throws Exception {
        return job(folder, "reads" + folder.getItems().size(), """
            withAwsSecrets([secret(variable: 'S', from: 'own:%s#password')]) { echo 'bound' }
            """.formatted(path));
    }

    private static WorkflowJob uses(Folder folder, String id) throws Exception {
        return job(
                folder, "uses" + folder.getItems().size(), "withAwsSecrets([string('" + id + "')]) { echo 'bound' }");
    }

    private static VaultAuth controllersLogin(String role) {
        AwsIamAuth auth = new AwsIamAuth();
        auth.setRole(role);
        return auth;
    }

    private static ChildTokensConfiguration tokens() {
        ChildTokensConfiguration tokens = new ChildTokensConfiguration();
        tokens.setPolicies(List.of("jenkins-${folder}"));
        tokens.setTokenRole("jenkins");
        return tokens;
    }

    private static VaultAuth idToken(String role) {
        JwtAuth auth = new JwtAuth();
        auth.setRole(role);
        auth.setCredentialsId("id-token");
        auth.setPerBuild(true);
        return auth;
    }

    /** A source {@code own} of a folder. */
    private void own(Folder folder, VaultAuth auth, ChildTokensConfiguration tokens) throws Exception {
        SourceRule all = new SourceRule();
        all.setNames(List.of("**"));
        VaultConfiguration source = new VaultConfiguration("own");
        source.setUrl(vault().toString());
        source.setAuth(auth);
        source.setPerBuild(tokens);
        source.setAllow(List.of(all));
        FolderSources.declare(folder, source);
    }

    private static void declare(Folder folder, String id, String reference) throws Exception {
        StringCredential credential = new StringCredential(id);
        credential.setSecret(reference);
        AwsSecretsFolderProperty property = folder.getProperties().get(AwsSecretsFolderProperty.class);
        List<CredentialConfiguration> all = new ArrayList<>(property == null ? List.of() : property.getCredentials());
        all.add(credential);
        AwsSecretsFolderProperty changed = new AwsSecretsFolderProperty();
        changed.setCredentials(all);
        folder.getProperties().remove(AwsSecretsFolderProperty.class);
        folder.addProperty(changed);
    }

    /** @param loan keys of the loan beside {@code folders}, as YAML */
    private static void lend(String folders, String loan) throws Exception {
        Backends.lend("[{folders: ['%s']%s}]".formatted(folders, loan.isEmpty() ? "" : ", " + loan));
    }
}
