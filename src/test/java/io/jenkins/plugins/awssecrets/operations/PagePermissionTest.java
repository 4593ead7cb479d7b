package io.jenkins.plugins.awssecrets.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.config.AwsSecretsFolderProperty;
import io.jenkins.plugins.awssecrets.config.credentials.StringCredential;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.html.DomElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.verb.POST;

@WithJenkins
class PagePermissionTest {
    private static final String TEAM = "job/team/aws-secrets/";
    private static final String OTHER = "job/other/aws-secrets/";
    private static final List<String> USERS = List.of(
            "", "reader", "developer", "folder-configurer", "keeper", "folder-admin", "auditor", "manager", "admin");
    private static final Map<String, List<String>> MAY_SEE = Map.of(
            PageUnderTest.GLOBAL,
            List.of("auditor", "admin"),
            TEAM,
            List.of("folder-admin", "admin"),
            OTHER,
            List.of("admin"));
    private static final Map<String, List<String>> MAY_CHECK = Map.of(
            PageUnderTest.GLOBAL, List.of("admin"), TEAM, List.of("folder-admin", "admin"), OTHER, List.of("admin"));

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty().parameter("/ci/token", "canary-1"));

    private JenkinsRule jenkins;
    private Folder team;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        Jenkins.SYSTEM_READ.setEnabled(true);
        Jenkins.MANAGE.setEnabled(true);
        jenkins = rule;
        team = folder("team");
        Folder other = folder("other");
        FreeStyleProject job = team.createProject(FreeStyleProject.class, "job");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
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
                .to("reader", "developer", "folder-configurer", "keeper", "folder-admin")
                .grant(Item.READ)
                .onItems(team, other, job)
                .to("developer", "folder-configurer", "keeper", "folder-admin")
                .grant(Item.CONFIGURE)
                .onItems(job)
                .to("developer")
                .grant(Item.CONFIGURE)
                .onItems(team)
                .to("folder-configurer", "folder-admin")
                .grant(CredentialsProvider.MANAGE_DOMAINS)
                .onItems(team)
                .to("keeper", "folder-admin"));
        backends.configure("credentials: [{string: {id: global-token, secret: \"ssm:/ci/token\"}}]\n");
    }

    private Folder folder(String name) throws Exception {
        StringCredential credential = new StringCredential(name + "-token");
        credential.setSecret("ssm:/ci/token");
        AwsSecretsFolderProperty property = new AwsSecretsFolderProperty();
        property.setCredentials(List.of(credential));
        Folder folder = jenkins.createProject(Folder.class, name);
        folder.addProperty(property);
        return folder;
    }

    @AfterEach
    void withdrawFinerPermissions() {
        Jenkins.SYSTEM_READ.setEnabled(false);
        Jenkins.MANAGE.setEnabled(false);
    }

    @Test
    void pageAndItsPartsOpenForNobodyElse() throws Exception {
        Map<String, Integer> wrong = new TreeMap<>();
        for (String user : USERS) {
            for (String path : MAY_SEE.keySet()) {
                for (String part : List.of("", "overview/report")) {
                    int status = page(path, user).status(part);
                    boolean hidden = path.startsWith("job/") && !maySeeFolders(user);
                    if (status != (hidden ? absent(user) : MAY_SEE.get(path).contains(user) ? 200 : 403)) {
                        wrong.put("'" + user + "' GET " + path + part, status);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void nobodyElseChecks() throws Exception {
        Map<String, Integer> wrong = new TreeMap<>();
        for (String user : USERS) {
            for (String path : MAY_CHECK.keySet()) {
                if (!MAY_CHECK.get(path).contains(user)) {
                    int status = page(path, user).pressCheck();
                    if (status != (path.startsWith("job/") && !maySeeFolders(user) ? absent(user) : 403)) {
                        wrong.put("'" + user + "' POST " + path, status);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(Stream.of(jenkins.jenkins, team).map(Checks.get()::of)).containsOnly(CheckRun.NEVER);

        for (String path : MAY_CHECK.keySet()) {
            for (String user : MAY_CHECK.get(path)) {
                assertThat(page(path, user).pressCheck()).as(user + " " + path).isEqualTo(200);
            }
        }
        PageUnderTest.awaitEnd(jenkins.jenkins);
        PageUnderTest.awaitEnd(team);
    }

    @Test
    void whatNoFolderDeclaresIsGlobal() throws Exception {
        assertThat(
                        page(PageUnderTest.GLOBAL, "admin")
                                .open()
                                .<DomElement>getByXPath("//td[@data-label='Folder']")
                                .stream()
                                .map(cell -> cell.getTextContent().strip()))
                .contains("Global", "team", "other")
                .doesNotContain("Jenkins", "");
    }

    @Test
    void eachSeesTheirPart() throws Exception {
        assertThat(page(PageUnderTest.GLOBAL, "admin").open().asNormalizedText())
                .contains("global-token", "team-token", "other-token", "Check now");
        assertThat(page(PageUnderTest.GLOBAL, "auditor").open().asNormalizedText())
                .contains("global-token")
                // Folders that they may not read.
                .doesNotContain("team-token", "other-token", "Check now");
        assertThat(page(TEAM, "folder-admin").check(team).asNormalizedText())
                .contains("team-token", "Check now", "All checks passed.")
                .doesNotContain("global-token", "other-token");
    }

    @Test
    void folderOfTheSameNameInheritsNoFindings() throws Exception {
        page(TEAM, "admin").check(team);
        page(OTHER, "admin").check(jenkins.jenkins.getItemByFullName("other", Folder.class));

        team.delete();
        jenkins.jenkins.getItemByFullName("other", Folder.class).renameTo("moved");

        assertThat(Checks.get().of(folder("team"))).isEqualTo(CheckRun.NEVER);
        assertThat(Checks.get().of(folder("other"))).isEqualTo(CheckRun.NEVER);
    }

    @Test
    void linkIsThereForThoseWhomItLeadsSomewhere() throws Exception {
        for (String user : List.of("folder-admin", "folder-configurer", "keeper", "developer")) {
            boolean linked = page("job/team/", user).open().getAnchors().stream()
                    .anyMatch(anchor -> anchor.getHrefAttribute().contains("/team/aws-secrets"));
            assertThat(linked).as(user).isEqualTo(user.equals("folder-admin"));
        }
        for (String user : List.of("admin", "auditor", "manager")) {
            boolean linked = page("manage/", user).open().getAnchors().stream()
                    .anyMatch(anchor -> anchor.getHrefAttribute().contains("aws-secrets"));
            assertThat(linked).as(user).isEqualTo(!user.equals("manager"));
        }
    }

    @Test
    void everyWebMethodOfThePluginIsAPost() throws Exception {
        List<String> methods = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (Class<?> type : classes()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().matches("do[A-Z].*") && Modifier.isPublic(method.getModifiers())) {
                    methods.add(type.getName() + "." + method.getName());
                    if (!method.isAnnotationPresent(POST.class)) {
                        wrong.add(type.getName() + "." + method.getName());
                    }
                }
            }
        }
        assertThat(methods).hasSizeGreaterThan(40).anyMatch(name -> name.contains("SecretsLink"));
        assertThat(wrong).isEmpty();
    }

    /** All of the plugin's but the engine's, which knows no web. */
    private static List<Class<?>> classes() throws Exception {
        Path root = Path.of(SecretsLink.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> names;
        try (Stream<Path> files = Files.walk(root.resolve("io/jenkins/plugins/awssecrets"))) {
            names = files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("/engine/"))
                    .map(name -> name.replaceFirst("\\.class$", "").replace('/', '.'))
                    .toList();
        }
        List<Class<?>> classes = new ArrayList<>();
        for (String name : names) {
            classes.add(Class.forName(name, false, SecretsLink.class.getClassLoader()));
        }
        return classes;
    }

    private static boolean maySeeFolders(String user) {
        return !List.of("", "reader", "auditor", "manager").contains(user);
    }

    /** What Jenkins answers for a folder that one may not know of: an anonymous user may log in first. */
    private static int absent(String user) {
        return user.isEmpty() ? 403 : 404;
    }

    private PageUnderTest page(String path, String user) throws Exception {
        return new PageUnderTest(jenkins, path, user);
    }
}
