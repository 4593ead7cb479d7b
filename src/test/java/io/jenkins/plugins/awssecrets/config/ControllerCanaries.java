package io.jenkins.plugins.awssecrets.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.config.BorrowedSources.Variant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/**
 * A Jenkins that has a secret wherever a source can take one of the controller, folders for what may not, and a server
 * that records all it is sent. The server's address is lent to all folders, so that it is not the address that keeps the
 * secrets in.
 */
final class ControllerCanaries implements AutoCloseable {
    private static final String OF_FILE = "canary-file-51c0";
    private static final String OF_CHAIN = "AKIACANARYCHAIN";
    private static final String OF_PROFILE = "AKIACANARYPROFILE";
    static final String OF_SYSTEM = "canary-system-9b1d";
    static final List<String> CANARIES = List.of(OF_FILE, OF_CHAIN, OF_PROFILE, OF_SYSTEM);

    private final Map<String, String> properties;
    private final CanaryServer server = new CanaryServer();
    private final Folder team;
    private final List<Variant> variants;
    private final FormClients clients;

    /** Starts the server, and puts the secrets, the folders and those who may do something there into a Jenkins. */
    ControllerCanaries(JenkinsRule rule) throws Exception {
        clients = new FormClients(rule);
        Path home = rule.jenkins.getRootDir().toPath();
        Path file = Files.writeString(home.resolve("canary.txt"), OF_FILE);
        Path profiles =
                Files.writeString(home.resolve("aws-credentials"), """
                    [%s]
                    aws_access_key_id = %s
                    aws_secret_access_key = made-up
                    """.formatted(BorrowedSources.PROFILE, OF_PROFILE));
        properties = Map.of(
                "aws.accessKeyId",
                OF_CHAIN,
                "aws.secretAccessKey",
                "made-up",
                "aws.sharedCredentialsFile",
                profiles.toString());
        properties.forEach(System::setProperty);
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.SYSTEM, BorrowedSources.SYSTEM_ID, "", OF_SYSTEM, OF_SYSTEM));
        variants = new BorrowedSources(server.address().toString(), file).all();
        team = rule.createProject(Folder.class, "team");
        FreeStyleProject app = team.createProject(FreeStyleProject.class, "app");
        FreeStyleProject top = rule.createFreeStyleProject("top");
        rule.createProject(Folder.class, "elsewhere");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "job-configurer", "configurer", "folder-admin")
                .grant(Item.CONFIGURE, CredentialsProvider.MANAGE_DOMAINS)
                .onItems(app, top)
                .to("job-configurer", "folder-admin")
                .grant(Item.CONFIGURE)
                .onFolders(team)
                .to("configurer", "folder-admin")
                .grant(CredentialsProvider.MANAGE_DOMAINS)
                .onFolders(team)
                .to("folder-admin")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
    }

    /** Configures Jenkins without sources, and forgets what was sent before. */
    void lend() throws Exception {
        Backends.lend("[{folders: ['**'], addresses: ['%s']}]".formatted(server.address()));
        server.arrived();
    }

    CanaryServer server() {
        return server;
    }

    Folder team() {
        return team;
    }

    /** Every source that takes something of the controller. */
    List<Variant> variants() {
        return variants;
    }

    FormClients clients() {
        return clients;
    }

    /** @param way by which a secret would have come */
    void assertNothing(String way) {
        assertThat(server.arrived()).as(way).doesNotContain(CANARIES);
    }

    @Override
    public void close() {
        server.close();
        properties.keySet().forEach(System::clearProperty);
    }
}
