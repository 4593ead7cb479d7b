package io.jenkins.plugins.awssecrets.config.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.ExtensionList;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.config.AwsSecretsFolderProperty;
import io.jenkins.plugins.awssecrets.config.credentials.StringCredential;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.verb.POST;

/** Who may call the methods that serve our forms, and who may change what they save. */
@WithJenkins
class PermissionsTest {
    private static final List<String> USERS =
            List.of("", "reader", "job-configurer", "configurer", "folder-admin", "admin");
    private static final Map<String, List<String>> MAY = Map.of(
            "", List.of("admin"),
            "job/team/", List.of("admin", "folder-admin"),
            "job/team/job/app/", List.of("admin", "folder-admin"));

    /** Beside the forms of configurations; who may call them is tested where they are. */
    private static final Set<String> OTHERS = Set.of(
            "step.binding.CredentialBinding$CredentialBindingDescriptor.doFillCredentialsIdItems",
            "step.binding.ReferenceBinding$DescriptorImpl.doCheckFrom",
            "step.binding.ReferenceBinding$DescriptorImpl.doCheckVariable",
            "step.binding.SecretBinding$SecretBindingDescriptor.doCheckPrefix",
            "step.binding.SecretBinding$SecretBindingDescriptor.doCheckVariable",
            "step.binding.SecretsBinding$DescriptorImpl.doCheckFrom");

    private JenkinsRule jenkins;
    private Folder team;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        team = rule.createProject(Folder.class, "team");
        FreeStyleProject app = team.createProject(FreeStyleProject.class, "app");
        AwsSecretsFolderProperty property = new AwsSecretsFolderProperty();
        StringCredential credential = new StringCredential("token");
        credential.setSecret("sm:ci/token");
        property.setCredentials(List.of(credential));
        team.addProperty(property);
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "job-configurer", "configurer", "folder-admin")
                .grant(Item.READ)
                .everywhere()
                .to("reader", "job-configurer", "configurer", "folder-admin")
                .grant(Item.CONFIGURE)
                .onItems(app)
                .to("job-configurer")
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

    @Test
    void onlyWhoMayConfigureReachesAWebMethod() throws Exception {
        Collection<String> methods = webMethods();
        assertThat(methods).hasSizeGreaterThan(30);
        Map<String, String> wrong = new TreeMap<>();
        for (String user : USERS) {
            JenkinsRule.WebClient client = client(user);
            for (String place : MAY.keySet()) {
                for (String method : methods) {
                    // What only the form of Jenkins itself has is for those who administer it, wherever it is called.
                    boolean may = MAY.get(method.contains("AwsSecretsConfiguration/") ? "" : place)
                            .contains(user);
                    int status = post(client, place + "descriptorByName/" + method);
                    // A job has no such form, and its folder was not asked for.
                    boolean form = !place.endsWith("job/app/") || method.contains("AwsSecretsConfiguration/");
                    if (status != (!may ? 403 : form ? 200 : 404)) {
                        wrong.put(user + " " + place + method, "POST " + status);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void noWebMethodAnswersAGet() throws Exception {
        Map<String, String> wrong = new TreeMap<>();
        JenkinsRule.WebClient client = client("admin");
        for (String method : webMethods()) {
            int status = client.loadWebResponse(
                            new WebRequest(new URL(client.getContextPath() + "descriptorByName/" + method)))
                    .getStatusCode();
            if (status != 404 && status != 405) {
                wrong.put(method, "GET " + status);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyWebMethodIsAPost() {
        assertThat(ourDescriptors()
                        .flatMap(descriptor -> Stream.of(descriptor.getClass().getMethods()))
                        .filter(method -> method.getName().matches("do[A-Z].*"))
                        .filter(method -> method.getDeclaringClass().getName().contains("awssecrets"))
                        .filter(method -> !method.isAnnotationPresent(POST.class)))
                .isEmpty();
    }

    @Test
    void noOtherPartOfThePluginHasWebMethodsThatNobodyTests() throws Exception {
        Path classes = Path.of(PermissionsTest.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolveSibling("classes");
        String root = "io/jenkins/plugins/awssecrets/";
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(classes.resolve(root))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = classes.relativize(file)
                        .toString()
                        .replaceFirst("\\.class$", "")
                        .substring(root.length());
                // The engine knows no web; the other two have tests that list their methods by themselves.
                if (!name.matches("(engine|config|operations)/.*")) {
                    Class<?> type = Class.forName(
                            (root + name).replace('/', '.'), false, getClass().getClassLoader());
                    Stream.of(type.getDeclaredMethods())
                            .filter(PermissionsTest::isReachable)
                            .forEach(method -> found.add(name.replace('/', '.') + "." + method.getName()));
                }
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(OTHERS);
    }

    /** By its name, or by an annotation of Stapler's that opens a method to the web. */
    private static boolean isReachable(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && (method.getName().matches("(do|js)[A-Z].*|doIndex|getDynamic")
                        || Stream.of(method.getAnnotations())
                                .map(annotation -> annotation.annotationType().getSimpleName())
                                .anyMatch(
                                        Set.of("WebMethod", "JavaScriptMethod", "POST", "GET", "PUT", "DELETE")
                                                ::contains));
    }

    @Test
    void whoMayOnlyConfigureTheFolderChangesNothingOfOurs() throws Exception {
        String before = hudson.model.Items.XSTREAM2.toXML(
                AwsSecretsFolderProperty.of(team).orElseThrow());
        HtmlPage form = client("configurer").goTo("job/team/configure");
        assertThat(form.asXml()).doesNotContain("sm:ci/token");

        jenkins.submit(form.getFormByName("config"));

        assertThat(hudson.model.Items.XSTREAM2.toXML(
                        AwsSecretsFolderProperty.of(team).orElseThrow()))
                .isEqualTo(before);
        assertThat(client("folder-admin").goTo("job/team/configure").asXml()).contains("sm:ci/token");
    }

    @Test
    void checksTellWhatIsWrongWhereItIsTyped() throws Exception {
        Backends.load("unclassified: {awsSecrets: {discovery: {enabled: false}}}\n");
        String kind = "descriptorByName/io.jenkins.plugins.awssecrets.config.";

        assertThat(said(kind + "credentials.StringCredential/checkSecret", "sm:ci/token#"))
                .contains("error")
                .contains("position 13: the field is empty. Expected a member");
        assertThat(said(kind + "credentials.StringCredential/checkSecret", "made-up-secret"))
                .contains("no colon")
                .doesNotContain("made-up-secret");
        assertThat(said(kind + "credentials.StringCredential/checkSecret", "mine:ci/token"))
                .contains("warning")
                .contains("add a source of that id above");
        assertThat(said(kind + "credentials.StringCredential/checkSecret", "sm:ci/token"))
                .isEqualTo("<div/>");
        assertThat(said(kind + "credentials.DockerRegistryCredential/checkUsername", "robot"))
                .isEqualTo("<div/>");
        assertThat(said(kind + "credentials.DockerRegistryCredential/checkUsername", "ssm:a b"))
                .contains("a blank");
        assertThat(said(kind + "credentials.DatabaseCredential/checkFrom", "orders"))
                .contains("no colon");
        assertThat(said(kind + "credentials.StringCredential/checkId", "a b")).contains("invalid character in the id");
        assertThat(said(kind + "sources.SsmConfiguration/checkId", "1a")).contains("not a valid source id");
        assertThat(said(kind + "sources.SsmConfiguration/checkRegion", "eu west"))
                .contains("not a valid region");
        assertThat(said(kind + "sources.SsmConfiguration/checkEndpoint", "localhost"))
                .contains("not a valid URL");
        assertThat(said(kind + "sources.VaultConfiguration/checkUrl", "https://v/v1"))
                .contains("Remove /v1");
        assertThat(said(kind + "sources.VaultConfiguration/checkUrl", "unix:///run/agent.sock"))
                .isEqualTo("<div/>");
        assertThat(said(kind + "sources.VaultConfiguration/checkUrl", "unix://run/agent.sock"))
                .contains("not a valid URL");
        assertThat(said(kind + "authentication.AssumeRoleConfiguration/checkRoleArn", "ci"))
                .contains("not the ARN of a role".replace("'", "&#039;"));
        assertThat(said(kind + "authentication.AssumeRoleConfiguration/checkDurationSeconds", "60"))
                .contains("900 to 43200 seconds");
        assertThat(said(kind + "AwsSecretsConfiguration/checkMetadataCache", "1s"))
                .contains("10s to 24h");
        assertThat(said(kind + "sources.SsmConfiguration/fillRegionItems", "")).contains("eu-west-1", "us-gov-west-1");
        assertThat(said(kind + "rules.SourceRule/checkNamesText", "ci/*\nteam/${folder}/**"))
                .isEqualTo("<div/>");
        assertThat(said(kind + "rules.SourceRule/checkNamesText", "ci/*\nteam/${branch}/*"))
                .contains("no such variable here. Use one of ${folder}, ${job}");
        assertThat(said(kind + "rules.SourceRule/checkJobsText", "/shop/web")).contains("mpty part");
        assertThat(said(kind + "rules.CredentialRule/checkJobsText", "shop/***"))
                .contains("position 8: more than two");
        assertThat(said(kind + "rules.CredentialRule/checkBranchesText", "main\nrefs/heads/main"))
                .contains("a full ref");
        assertThat(said(kind + "rules.CredentialRule/checkBranchesText", "main\nrelease/*"))
                .isEqualTo("<div/>");
    }

    private String said(String method, String value) throws Exception {
        JenkinsRule.WebClient client = client("admin");
        WebRequest request = request(client, method);
        request.setRequestParameters(new ArrayList<>(List.of(new NameValuePair("value", value))));
        return client.getPage(client.addCrumb(request)).getWebResponse().getContentAsString();
    }

    private static Stream<Descriptor> ourDescriptors() {
        return ExtensionList.lookup(Descriptor.class).stream().filter(descriptor -> descriptor
                .getClass()
                .getName()
                .startsWith(AwsSecretsFolderProperty.class.getPackageName() + "."));
    }

    /** Each method once, as the end of an address: those that descriptors inherit are one and the same. */
    private static Collection<String> webMethods() {
        Map<String, String> methods = new TreeMap<>();
        ourDescriptors().forEach(descriptor -> {
            for (Method method : descriptor.getClass().getMethods()) {
                if (method.isAnnotationPresent(POST.class)) {
                    String name = method.getName();
                    methods.put(
                            method.getDeclaringClass().getName() + "." + name,
                            descriptor.getId() + "/" + Character.toLowerCase(name.charAt(2)) + name.substring(3));
                }
            }
        });
        return methods.values();
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        client.getOptions().setPrintContentOnFailingStatusCode(false);
        return user.isEmpty() ? client : client.login(user);
    }

    private static int post(JenkinsRule.WebClient client, String path) throws Exception {
        // Not as a page: the one that refuses leads an anonymous user on to the login.
        return client.loadWebResponse(client.addCrumb(request(client, path))).getStatusCode();
    }

    private static WebRequest request(JenkinsRule.WebClient client, String path) throws Exception {
        return new WebRequest(new URL(client.getContextPath() + path), HttpMethod.POST);
    }
}
