package io.jenkins.plugins.awssecrets.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.ItemGroup;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.config.credentials.StringCredential;
import io.jenkins.plugins.awssecrets.config.sources.SecretsManagerConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.SsmConfiguration;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a folder declares is seen in it and below, nowhere else, and always as it stands. */
@WithJenkins
class FolderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty().secret("ci/token", "canary-91aa"));

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        backends.configure("discovery: {enabled: false}\n");
    }

    @Test
    void isSeenInItAndBelowAndNowhereElse() throws Exception {
        Folder team = folder("team");
        Folder below = team.createProject(Folder.class, "below");
        FreeStyleProject job = below.createProject(FreeStyleProject.class, "job");
        Folder other = jenkins.createProject(Folder.class, "other");

        assertThat(sees(team)).isTrue();
        assertThat(sees(below)).isTrue();
        assertThat(Catalog.get().forItem(job).find("team-token", PATIENCE)).isPresent();
        assertThat(sees(other)).isFalse();
        assertThat(sees(jenkins.jenkins)).isFalse();
        assertThat(Catalog.get().in(other).source("team-sm")).isEmpty();
        assertThat(Catalog.get().in(jenkins.jenkins).source("team-sm")).isEmpty();
        assertThat(read(below, "team-sm:ci/token")).isEqualTo("canary-91aa");
        assertThatThrownBy(() -> read(other, "team-sm:ci/token")).hasMessageContaining("no such source");
    }

    @Test
    void changeOfTheFolderCountsAtOnce() throws Exception {
        Folder team = folder("team");
        assertThat(sees(team)).isTrue();

        team.getProperties().remove(AwsSecretsFolderProperty.class);
        assertThat(sees(team)).isFalse();

        team.addProperty(property());
        assertThat(sees(team)).isTrue();
    }

    @Test
    void saveThatChangesNothingOfOursClosesNoClient() throws Exception {
        Folder team = folder("team");
        Object source = Catalog.get().in(team).source("team-sm").orElseThrow();

        team.setDescription("Another one");

        assertThat(Catalog.get().in(team).source("team-sm").orElseThrow()).isSameAs(source);
    }

    @Test
    void renameMoveAndDeletionAreFollowed() throws Exception {
        Folder team = folder("team");
        assertThat(sees(team)).isTrue();

        team.renameTo("renamed");
        Folder newcomer = jenkins.createProject(Folder.class, "team");
        assertThat(sees(newcomer)).isFalse();
        assertThat(sees(team)).isTrue();

        team.delete();
        assertThat(sees(jenkins.createProject(Folder.class, "renamed"))).isFalse();
    }

    @Test
    void survivesAReloadFromDisk() throws Exception {
        folder("team");

        jenkins.jenkins.reload();

        assertThat(sees((Folder) jenkins.jenkins.getItemByFullName("team"))).isTrue();
    }

    @Test
    void malformedSettingIsRefused() {
        AwsSecretsFolderProperty property = new AwsSecretsFolderProperty();
        StringCredential bad = new StringCredential("bad");
        bad.setSecret("no reference");
        SsmConfiguration nowhere = new SsmConfiguration("ssm");
        nowhere.setRegion("eu west");

        assertThatThrownBy(() -> property.setCredentials(List.of(bad)))
                .isInstanceOf(SecretException.class)
                .hasMessageStartingWith("credentials[0].string.secret: position 3:");
        assertThatThrownBy(() -> property.setSources(List.of(nowhere)))
                .hasMessageStartingWith("sources[0].ssm.region:");
    }

    private Folder folder(String name) throws Exception {
        Folder folder = jenkins.createProject(Folder.class, name);
        folder.addProperty(property());
        return folder;
    }

    private AwsSecretsFolderProperty property() {
        SecretsManagerConfiguration source = new SecretsManagerConfiguration("team-sm");
        source.setRegion("eu-west-1");
        source.setEndpoint(backends.running().secretsManager().toString());
        source.setAccessKeyId("demo");
        source.setSecretAccessKey(Secret.fromString("demo"));
        StringCredential credential = new StringCredential("team-token");
        credential.setSecret("team-sm:ci/token");
        AwsSecretsFolderProperty property = new AwsSecretsFolderProperty();
        property.setSources(List.of(source));
        property.setCredentials(List.of(credential));
        property.setDiscovery(new DiscoveryConfiguration(false));
        return property;
    }

    private static boolean sees(ItemGroup<?> place) {
        return Catalog.get().in(place).find("team-token", PATIENCE).isPresent();
    }

    private static String read(ItemGroup<?> place, String text) {
        Reference reference = Reference.parse(text);
        return Catalog.get()
                .in(place)
                .resolver()
                .resolve(List.of(reference), Deadline.in(PATIENCE))
                .value(reference, false, false)
                .reveal();
    }
}
