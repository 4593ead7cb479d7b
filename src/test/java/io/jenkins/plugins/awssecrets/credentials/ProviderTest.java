package io.jenkins.plugins.awssecrets.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.cli.CLICommandInvoker;
import hudson.model.FreeStyleProject;
import hudson.model.User;
import hudson.security.ACL;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.SecretSeed;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ProviderTest {
    private static final String DECLARED = """
        credentials:
          - usernamePassword: {id: docker, username: "ssm:/ci/docker/username", password: "sm:ci/docker#password"}
          - string: {id: boot, secret: "sm:ci/boot", scope: SYSTEM}
        """;

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty()
            .parameter("/ci/docker/username", "robot-7a1e")
            .secret("ci/docker", "{\"password\": \"canary-9f1c\"}")
            .secret("ci/boot", "canary-boot")
            .with(SecretSeed.of("ci/found", "canary-77aa", Map.of("jenkins:credentials:type", "string"))));

    @Test
    void commandLineAndAddressesHaveOneNameForTheStore(JenkinsRule jenkins) throws Exception {
        backends.configure(DECLARED);
        String name = "awssecrets";

        assertThat(new CLICommandInvoker(jenkins, "list-credentials-providers")
                        .invoke()
                        .stdout())
                .containsPattern("(?m)^" + name + " +AWS Secrets$");
        CLICommandInvoker.Result listed =
                new CLICommandInvoker(jenkins, "list-credentials").invokeWithArgs(name + "::system::jenkins");
        assertThat(listed.returnCode()).as(listed.stderr()).isZero();
        assertThat(listed.stdout()).contains("docker", "boot");
        jenkins.createWebClient().goTo("manage/credentials/store/" + name + "/domain/_/credential/docker/");
    }

    @Test
    void declaredAndDiscoveredCredentialsAreListedAndNothingIsFetched(JenkinsRule jenkins) throws Exception {
        backends.configure(DECLARED);

        assertThat(all(jenkins))
                .extracting(IdCredentials::getId)
                .containsExactlyInAnyOrder("docker", "boot", "ci/found");
        assertThat(CredentialsProvider.listCredentialsInItemGroup(
                        StandardCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of(), null))
                .extracting(option -> option.name)
                .contains("docker", "ci/found");
        assertThat(backends.running().requests().all())
                .extracting(request -> request.operation())
                .isNotEmpty()
                .isSubsetOf(
                        "ListSecrets", "DescribeParameters", "ListTagsForResource", "list", "mounts", "lookup-self");
    }

    @Test
    void credentialsAreForTheSystemAloneNotForAPerson(JenkinsRule jenkins) throws Exception {
        backends.configure(DECLARED);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());

        assertThat(CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class,
                        jenkins.jenkins,
                        User.getOrCreateByIdOrFullName("alice").impersonate2(),
                        List.of()))
                .isEmpty();
    }

    @Test
    void systemScopeNeverReachesAnItem(JenkinsRule jenkins) throws Exception {
        backends.configure(DECLARED);
        FreeStyleProject job = jenkins.createFreeStyleProject();

        assertThat(CredentialsProvider.findCredentialByIdInItem(
                        "boot", StringCredentials.class, job, ACL.SYSTEM2, List.of()))
                .isNull();
        assertThat(CredentialsProvider.lookupCredentialsInItem(StandardCredentials.class, job, ACL.SYSTEM2, List.of()))
                .extracting(IdCredentials::getId)
                .containsExactlyInAnyOrder("docker", "ci/found");
        assertThat(CredentialsProvider.findCredentialByIdInItemGroup(
                                "boot", StringCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of())
                        .getScope())
                .isEqualTo(CredentialsScope.SYSTEM);
    }

    @Test
    void declaredIdIsFoundWithoutPermissionToList(JenkinsRule jenkins) throws Exception {
        backends.running().faults().inject(Service.SECRETS_MANAGER, "ListSecrets", Fault.denied());
        backends.configure(DECLARED);

        StandardUsernamePasswordCredentials found = find(jenkins, "docker");

        assertThat(backends.running().requests().all()).isEmpty();
        assertThat(found.getUsername()).isEqualTo("robot-7a1e");
        assertThat(found.getPassword().getPlainText()).isEqualTo("canary-9f1c");
    }

    @Test
    void idOfNobodyCostsNoCallOnceTheMetadataIsKnown(JenkinsRule jenkins) throws Exception {
        backends.configure(DECLARED);
        all(jenkins);
        backends.running().requests().clear();

        for (int i = 0; i < 100; i++) {
            assertThat((Object) find(jenkins, "nobody-" + i)).isNull();
        }
        assertThat(backends.running().requests().all()).isEmpty();
    }

    @Test
    void getterOutsideOfABuildReadsWhatIsThereNow(JenkinsRule jenkins) throws Exception {
        backends.configure("");
        StringCredentials found = CredentialsProvider.findCredentialByIdInItemGroup(
                "ci/found", StringCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of());

        assertThat(found.getSecret().getPlainText()).isEqualTo("canary-77aa");
    }

    @Test
    void storeIsReadOnly(JenkinsRule jenkins) throws Exception {
        backends.configure(DECLARED);
        CredentialsStore store = StreamSupport.stream(
                        CredentialsProvider.lookupStores(jenkins.jenkins).spliterator(), false)
                .filter(AwsSecretsCredentialsStore.class::isInstance)
                .findFirst()
                .orElseThrow();
        Credentials one = store.getCredentials(Domain.global()).get(0);

        assertThatThrownBy(() -> store.addCredentials(Domain.global(), one))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> store.removeCredentials(Domain.global(), one))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> store.updateCredentials(Domain.global(), one, one))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static List<StandardCredentials> all(JenkinsRule jenkins) {
        return CredentialsProvider.lookupCredentialsInItemGroup(
                StandardCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of());
    }

    private static StandardUsernamePasswordCredentials find(JenkinsRule jenkins, String id) {
        return CredentialsProvider.findCredentialByIdInItemGroup(
                id, StandardUsernamePasswordCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of());
    }
}
