package io.jenkins.plugins.awssecrets.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.User;
import hudson.security.ACL;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.catalog.LevelDefinition;
import io.jenkins.plugins.awssecrets.catalog.LevelProvider;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.core.Authentication;

/** Who sees which store, and who gets which credential. */
@WithJenkins
class PermissionTest {
    private static final List<String> PEOPLE = List.of("anonymous", "reader", "configurer", "folderadmin", "admin");
    private static final String STORE = "credentials/store/awssecrets/";

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty().secret("ci/token", "canary-2211"));

    private JenkinsRule jenkins;
    private Folder team;
    private FreeStyleProject job;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        backends.configure("""
            credentials:
              - string: {id: everywhere, secret: "sm:ci/token"}
              - string: {id: boot, secret: "sm:ci/token", scope: SYSTEM}
            discovery: {enabled: false}
            """);
        team = jenkins.createProject(Folder.class, "team");
        job = team.createProject(FreeStyleProject.class, "job");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .everywhere()
                .to("reader", "configurer")
                .grant(Item.READ, Item.CONFIGURE, Item.BUILD, Item.CREATE)
                .everywhere()
                .to("configurer")
                .grant(
                        Item.READ,
                        Item.CONFIGURE,
                        Item.CREATE,
                        CredentialsProvider.VIEW,
                        CredentialsProvider.CREATE,
                        CredentialsProvider.UPDATE,
                        CredentialsProvider.DELETE,
                        CredentialsProvider.MANAGE_DOMAINS)
                .onFolders(team)
                .to("folderadmin")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
    }

    @Test
    void storesShowThemselvesToThoseWhoMayViewCredentialsThereAlone() throws Exception {
        for (String page : List.of("", "domain/_/", "domain/_/api/json?depth=1", "domain/_/credential/everywhere/")) {
            assertThat(shown(STORE + page, "everywhere")).as(page).containsExactly("admin");
        }
        for (String page : List.of("", "domain/_/", "domain/_/api/json?depth=1", "domain/_/credential/ours/")) {
            assertThat(shown("job/team/" + STORE + page, "ours")).as(page).containsExactly("folderadmin", "admin");
        }
        assertThat(shown("credentials/", "everywhere")).containsExactly("admin");
        // What comes from above is named on the folder's page to those who see it there.
        assertThat(shown("job/team/credentials/", "everywhere")).containsExactly("admin");
    }

    @Test
    void nobodyChangesAnything() throws Exception {
        for (String store : List.of(STORE, "job/team/" + STORE)) {
            String id = store.equals(STORE) ? "everywhere" : "ours";
            for (String action : List.of(
                    "domain/_/createCredentials",
                    "domain/_/credential/" + id + "/doDelete",
                    "domain/_/credential/" + id + "/updateSubmit",
                    "domain/_/credential/" + id + "/config.xml",
                    "createDomain",
                    "domain/_/doDelete")) {
                Map<String, Integer> answers = answers(store + action, HttpMethod.POST);
                assertThat(answers.values()).as(store + action).allSatisfy(status -> assertThat(status)
                        .isBetween(400, 499));
                // Who sees the store gets as far as the action, and is refused it (400: its domain is not to be
                // removed).
                assertThat(answers.get("admin")).as(store + action).isIn(400, 403);
            }
        }
    }

    @Test
    void xmlOfACredentialHoldsNoValue() throws Exception {
        try (JenkinsRule.WebClient admin = client("admin")) {
            String xml = admin.goTo(STORE + "domain/_/credential/everywhere/config.xml", "application/xml")
                    .getWebResponse()
                    .getContentAsString();
            assertThat(xml).contains("everywhere").doesNotContain("canary");
        }
    }

    @Test
    void onlyTheSystemIsGivenCredentials() {
        for (String person : PEOPLE) {
            Authentication who = person.equals("anonymous")
                    ? Jenkins.ANONYMOUS2
                    : User.getOrCreateByIdOrFullName(person).impersonate2();
            assertThat(ids(team, who)).as(person).isEmpty();
            assertThat(idsOf(job, who)).as(person).isEmpty();
            assertThat(CredentialsProvider.listCredentialsInItem(StandardCredentials.class, job, who, List.of(), null))
                    .as(person)
                    .isEmpty();
        }
        assertThat(idsOf(job, ACL.SYSTEM2)).containsExactlyInAnyOrder("everywhere", "ours");
    }

    @Test
    void folderSeesItsOwnAndWhatIsAboveAndNothingComesUp() throws Exception {
        FreeStyleProject outside = jenkins.createFreeStyleProject();
        Folder below = team.createProject(Folder.class, "below");
        FreeStyleProject deep = below.createProject(FreeStyleProject.class, "deep");

        assertThat(idsOf(deep, ACL.SYSTEM2)).containsExactlyInAnyOrder("everywhere", "ours");
        assertThat(ids(below, ACL.SYSTEM2)).containsExactlyInAnyOrder("everywhere", "ours");
        assertThat(idsOf(outside, ACL.SYSTEM2)).containsExactly("everywhere");
        assertThat(ids(jenkins.jenkins, ACL.SYSTEM2)).containsExactlyInAnyOrder("everywhere", "boot");
        assertThat((Object) CredentialsProvider.findCredentialByIdInItem(
                        "ours", StandardCredentials.class, outside, ACL.SYSTEM2, List.of()))
                .isNull();
        assertThat((Object) CredentialsProvider.findCredentialByIdInItem(
                        "hidden", StandardCredentials.class, deep, ACL.SYSTEM2, List.of()))
                .as("SYSTEM scope of a folder")
                .isNull();
    }

    private static List<String> ids(ItemGroup<?> place, Authentication who) {
        return CredentialsProvider.lookupCredentialsInItemGroup(StandardCredentials.class, place, who, List.of())
                .stream()
                .map(IdCredentials::getId)
                .toList();
    }

    private static List<String> idsOf(Item item, Authentication who) {
        return CredentialsProvider.lookupCredentialsInItem(StandardCredentials.class, item, who, List.of()).stream()
                .map(IdCredentials::getId)
                .toList();
    }

    /** The people whose page is there and has the text; no other may so much as get a page of success with it. */
    private List<String> shown(String path, String text) throws Exception {
        List<String> shown = new java.util.ArrayList<>();
        for (String person : PEOPLE) {
            try (JenkinsRule.WebClient client = client(person)) {
                var response = client.getPage(new URL(jenkins.getURL() + path)).getWebResponse();
                boolean there = response.getStatusCode() == 200
                        && (path.endsWith(STORE)
                                || response.getContentAsString().contains(text));
                if (there) {
                    shown.add(person);
                } else {
                    assertThat(response.getContentAsString()).doesNotContain(text + "<", "\"" + text + "\"");
                }
            }
        }
        return shown;
    }

    private Map<String, Integer> answers(String path, HttpMethod method) throws Exception {
        Map<String, Integer> answers = new TreeMap<>();
        for (String person : PEOPLE) {
            try (JenkinsRule.WebClient client = client(person)) {
                // In the address: as a parameter of a form it would not come along with XML.
                WebRequest request = new WebRequest(client.createCrumbedUrl(path), method);
                request.setAdditionalHeader("Content-Type", "application/xml");
                var response = client.getPage(request).getWebResponse();
                assertThat(response.getContentAsString()).doesNotContain("No valid crumb");
                answers.put(person, response.getStatusCode());
            }
        }
        return answers;
    }

    private JenkinsRule.WebClient client(String person) throws Exception {
        JenkinsRule.WebClient client =
                jenkins.createWebClient().withJavaScriptEnabled(false).withThrowExceptionOnFailingStatusCode(false);
        return person.equals("anonymous") ? client : client.login(person);
    }

    /** What a folder declares. */
    @TestExtension
    public static final class TeamLevel implements LevelProvider {
        @Override
        public Optional<LevelDefinition> definition(ItemGroup<?> place) {
            return place.getFullName().equals("team")
                    ? Optional.of(new LevelDefinition(
                            List.of(),
                            parser -> List.of(
                                    new LevelDefinition.Declared(
                                            parser.parse(
                                                    "ours", Kinds.STRING, "", Map.of("secret", "sm:ci/token"), false),
                                            false),
                                    new LevelDefinition.Declared(
                                            parser.parse(
                                                    "hidden", Kinds.STRING, "", Map.of("secret", "sm:ci/token"), false),
                                            true)),
                            false,
                            Duration.ofMinutes(5)))
                    : Optional.empty();
        }
    }
}
