package io.jenkins.plugins.awssecrets.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.LevelDefinition;
import io.jenkins.plugins.awssecrets.catalog.LevelProvider;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class PagePermissionTest {
    private static final String TEAM = "job/team/aws-secrets/";
    private static final String OTHER = "job/other/aws-secrets/";

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty().parameter("/ci/token", "canary-1"));

    @BeforeEach
    void offerFinerPermissions() {
        Jenkins.SYSTEM_READ.setEnabled(true);
        Jenkins.MANAGE.setEnabled(true);
    }

    @AfterEach
    void withdrawThem() {
        Jenkins.SYSTEM_READ.setEnabled(false);
        Jenkins.MANAGE.setEnabled(false);
    }

    @Test
    void eachSeesTheirPartAndNoMore(JenkinsRule jenkins) throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        Folder other = jenkins.createProject(Folder.class, "other");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("auditor")
                .grant(Jenkins.READ, Jenkins.MANAGE)
                .everywhere()
                .to("manager")
                .grant(Jenkins.READ)
                .everywhere()
                .to("lead", "keeper", "developer")
                .grant(Item.READ)
                .onItems(team, other)
                .to("lead", "keeper", "developer")
                .grant(Item.CONFIGURE)
                .onItems(team)
                .to("lead")
                .grant(CredentialsProvider.MANAGE_DOMAINS)
                .onItems(team)
                .to("keeper"));
        backends.configure("credentials: [{string: {id: global-token, secret: \"ssm:/ci/token\"}}]\n");
        Catalog.get().reload();

        assertThat(new PageUnderTest(jenkins, PageUnderTest.GLOBAL, "admin")
                        .open()
                        .asNormalizedText())
                .contains("global-token", "team-token", "Check now");
        assertThat(new PageUnderTest(jenkins, PageUnderTest.GLOBAL, "auditor")
                        .open()
                        .asNormalizedText())
                .contains("global-token")
                .doesNotContain("Check now")
                // A folder that they may not read.
                .doesNotContain("team-token");
        assertThat(pressed(jenkins, PageUnderTest.GLOBAL, "auditor")).isEqualTo(403);
        assertThat(pressed(jenkins, PageUnderTest.GLOBAL, "manager")).isEqualTo(200);
        for (String user : List.of("lead", "keeper", "developer")) {
            assertThat(opened(jenkins, PageUnderTest.GLOBAL, user)).as(user).isEqualTo(403);
            assertThat(opened(jenkins, PageUnderTest.GLOBAL + "overview/report", user))
                    .as(user)
                    .isEqualTo(403);
            assertThat(pressed(jenkins, PageUnderTest.GLOBAL, user)).as(user).isEqualTo(403);
            assertThat(opened(jenkins, OTHER, user)).as(user).isEqualTo(403);
            assertThat(pressed(jenkins, OTHER, user)).as(user).isEqualTo(403);
        }
        for (String user : List.of("lead", "keeper")) {
            assertThat(new PageUnderTest(jenkins, TEAM, user).check(team).asNormalizedText())
                    .as(user)
                    .contains("team-token", "Check now", "Everything that was checked works.")
                    .doesNotContain("global-token");
        }
        assertThat(opened(jenkins, TEAM, "developer")).isEqualTo(403);
        assertThat(opened(jenkins, TEAM + "overview/report", "developer")).isEqualTo(403);
        assertThat(pressed(jenkins, TEAM, "developer")).isEqualTo(403);
        assertThat(new PageUnderTest(jenkins, "job/team/", "lead").open().getAnchors())
                .anyMatch(anchor -> anchor.getHrefAttribute().endsWith("/" + TEAM)
                        || anchor.getHrefAttribute().endsWith("/job/team/aws-secrets"));
        assertThat(new PageUnderTest(jenkins, "job/team/", "developer").open().getAnchors())
                .noneMatch(anchor -> anchor.getHrefAttribute().contains("aws-secrets"));
    }

    private static int opened(JenkinsRule jenkins, String path, String user) throws Exception {
        return new PageUnderTest(jenkins, path, user).status();
    }

    private static int pressed(JenkinsRule jenkins, String path, String user) throws Exception {
        return new PageUnderTest(jenkins, path, user).pressCheck();
    }

    /** What a folder's property would declare. */
    @TestExtension
    public static final class TeamLevel implements LevelProvider {
        @Override
        public Optional<LevelDefinition> definition(ItemGroup<?> place) {
            return place.getFullName().equals("team")
                    ? Optional.of(new LevelDefinition(
                            List.of(),
                            parser -> List.of(new LevelDefinition.Declared(
                                    parser.parse(
                                            "team-token",
                                            CredentialKind.STRING,
                                            "",
                                            Map.of("secret", "ssm:/ci/token"),
                                            false),
                                    false)),
                            true,
                            Duration.ofMinutes(5)))
                    : Optional.empty();
        }
    }
}
