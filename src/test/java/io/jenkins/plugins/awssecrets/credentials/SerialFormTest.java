package io.jenkins.plugins.awssecrets.credentials;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.FreeStyleProject;
import hudson.model.Items;
import hudson.security.ACL;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.awssecrets.Backends;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import jenkins.security.MasterToSlaveCallable;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryEndpoint;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Credentials as they are written, sent to an agent and handed to other plugins. */
@WithJenkins
class SerialFormTest {
    @RegisterExtension
    final Backends backends = new Backends(KindsTest.SEED);

    @Test
    void whatIsWrittenHoldsNoValueAndReadsBackAsTheSameCredentialWithoutValues(JenkinsRule jenkins) throws Exception {
        backends.configure(KindsTest.DECLARED);
        StandardUsernamePasswordCredentials login = find(jenkins, "login");
        login.getPassword();

        String xml = Items.XSTREAM2.toXML(login);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(stream)) {
            out.writeObject(login);
        }

        assertThat(xml).contains("login").doesNotContain("canary", "robot");
        assertThat(stream.toString(ISO_8859_1)).contains("login").doesNotContain("canary", "robot");
        StandardUsernamePasswordCredentials back = (StandardUsernamePasswordCredentials)
                Items.XSTREAM2.fromXML(new ByteArrayInputStream(xml.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(back).isEqualTo(login);
        assertThatThrownBy(back::getPassword)
                .isInstanceOf(CredentialsUnavailableException.class)
                .hasMessageContaining("stored copy");
    }

    @Test
    void snapshotInXmlIsEncrypted(JenkinsRule jenkins) throws Exception {
        backends.configure(KindsTest.DECLARED);
        StandardUsernamePasswordCredentials taken = CredentialsProvider.snapshot(find(jenkins, "login"));

        String xml = Items.XSTREAM2.toXML(taken);

        assertThat(xml).contains("{AQA").doesNotContain("canary", "robot", "Y2FuYXJ5");
    }

    @Test
    void agentReadsASnapshotAndIsRefusedAnythingElse(JenkinsRule jenkins) throws Exception {
        backends.configure(KindsTest.DECLARED);
        DumbSlave agent = jenkins.createOnlineSlave();
        StandardUsernamePasswordCredentials live = find(jenkins, "login");

        assertThat(agent.getChannel().call(new Login(CredentialsProvider.snapshot(live))))
                .isEqualTo("robot-7a1e:11");
        assertThatThrownBy(() -> agent.getChannel().call(new Login(live)))
                .isInstanceOf(CredentialsUnavailableException.class)
                .hasMessageContaining("snapshot");
    }

    @Test
    void dockerRegistryServesTheDockerPlugins(JenkinsRule jenkins) throws Exception {
        backends.configure(KindsTest.DECLARED);
        FreeStyleProject job = jenkins.createFreeStyleProject();

        DockerRegistryToken token = new DockerRegistryEndpoint("https://registry.example", "registry").getToken(job);

        assertThat(new String(java.util.Base64.getDecoder().decode(token.getToken()), ISO_8859_1))
                .isEqualTo("docker-u:canary-d0c4");
    }

    private static StandardUsernamePasswordCredentials find(JenkinsRule jenkins, String id) {
        return CredentialsProvider.findCredentialByIdInItemGroup(
                id, StandardUsernamePasswordCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of());
    }

    /** Tells the user name and the password's length. */
    private static final class Login extends MasterToSlaveCallable<String, RuntimeException> {
        private static final long serialVersionUID = 1L;

        private final StandardUsernamePasswordCredentials login;

        Login(StandardUsernamePasswordCredentials login) {
            this.login = login;
        }

        @Override
        public String call() {
            return login.getUsername() + ":"
                    + login.getPassword().getPlainText().length();
        }
    }
}
