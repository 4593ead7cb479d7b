package io.jenkins.plugins.awssecrets.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Items;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.SharedJenkins;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.config.BorrowedSources.Variant;
import io.jenkins.plugins.awssecrets.config.credentials.CredentialDescriptor;
import io.jenkins.plugins.awssecrets.config.sources.SourceConfiguration;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/**
 * A folder's source leads to a server that records all it is sent, and takes whatever a source can take of the
 * controller, by every way that a configuration comes in. Nothing of the controller arrives, but for the administrator.
 *
 * <p>The server's address is lent to all folders, so that it is not the address that keeps the secrets in.
 */
@ExtendWith(SharedJenkins.class)
class ControllerCanaryTest {
    private static final String OF_FILE = "canary-file-51c0";
    private static final String OF_CHAIN = "AKIACANARYCHAIN";
    private static final String OF_PROFILE = "AKIACANARYPROFILE";
    private static final String OF_SYSTEM = "canary-system-9b1d";
    private static final List<String> CANARIES = List.of(OF_FILE, OF_CHAIN, OF_PROFILE, OF_SYSTEM);
    private static final List<String> OTHERS = List.of("", "reader", "job-configurer", "configurer", "folder-admin");
    private static final Map<String, String> PROPERTIES = new LinkedHashMap<>();

    private static JenkinsRule jenkins;
    private static CanaryServer server;
    private static Folder team;
    private static List<Variant> variants;
    private static FormClients clients;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        clients = new FormClients(rule);
        server = new CanaryServer();
        Path home = rule.jenkins.getRootDir().toPath();
        Path file = Files.writeString(home.resolve("canary.txt"), OF_FILE);
        Path profiles =
                Files.writeString(home.resolve("aws-credentials"), """
                    [%s]
                    aws_access_key_id = %s
                    aws_secret_access_key = made-up
                    """.formatted(BorrowedSources.PROFILE, OF_PROFILE));
        PROPERTIES.putAll(Map.of(
                "aws.accessKeyId",
                OF_CHAIN,
                "aws.secretAccessKey",
                "made-up",
                "aws.sharedCredentialsFile",
                profiles.toString()));
        PROPERTIES.forEach(System::setProperty);
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

    @AfterAll
    static void stop() {
        server.close();
        PROPERTIES.keySet().forEach(System::clearProperty);
    }

    @BeforeEach
    void lend() throws Exception {
        Backends.load("""
            unclassified:
              awsSecrets:
                sources: []
                folders: [{folders: ["**"], addresses: ["%s"]}]
                discovery: {enabled: false}
            """.formatted(server.address()));
        server.arrived();
    }

    /** Otherwise the other tests show nothing. */
    @Test
    void everythingArrivesForTheAdministrator() throws Exception {
        Set<String> arrived = new TreeSet<>();
        StringBuilder all = new StringBuilder();
        for (Variant variant : variants) {
            post("admin", "", variant, "testConnection");
            String sent = server.arrived();
            all.append(sent);
            if (CANARIES.stream().anyMatch(sent::contains)) {
                arrived.add(variant.name());
            }
        }

        assertThat(all).contains(CANARIES);
        assertThat(arrived)
                .contains(
                        "VaultConfiguration.auth=TokenAuth.tokenFile",
                        "VaultConfiguration.auth=TokenAuth.credentialsId",
                        "VaultConfiguration.auth=AppRoleAuth.secretIdFile",
                        "VaultConfiguration.auth=JwtAuth.jwtFile",
                        "VaultConfiguration.auth=KubernetesAuth.tokenFile",
                        "VaultConfiguration.auth=AwsIamAuth",
                        "VaultConfiguration.auth=AwsIamAuth.profile",
                        "VaultConfiguration.auth=UserPassAuth.credentialsId alone",
                        "SsmConfiguration",
                        "SsmConfiguration.profile",
                        "SsmConfiguration.credentialsId",
                        "SsmConfiguration.webIdentity=WebIdentityConfiguration.tokenFile",
                        "SecretsManagerConfiguration");
    }

    @Test
    void testConnectionSendsNothingForAnybodyElse() throws Exception {
        for (String user : OTHERS) {
            for (String place : List.of("", "job/team/", "job/team/job/app/", "job/top/")) {
                // Who may not call it at all is refused whatever it is about.
                for (Variant variant : user.equals("folder-admin") ? variants : variants.subList(0, 3)) {
                    post(user, place, variant, "testConnection");
                }
                assertNothing("testConnection of " + user + " in " + place);
            }
        }
    }

    @Test
    void tryItSendsNothingForAnybodyElse() throws Exception {
        String credential = "io.jenkins.plugins.awssecrets.config.credentials.StringCredential";
        for (String place : List.of("job/team/", "job/team/job/app/", "job/top/")) {
            for (Variant variant : variants) {
                JSONObject form = new JSONObject()
                        .element("sources", variant.typed().json())
                        .element(
                                "credentials",
                                new JSONObject()
                                        .element("stapler-class", credential)
                                        .element("id", "x")
                                        .element("secret", "canary:" + secretOf(variant)));
                clients.send("folder-admin", place + "descriptorByName/" + credential + "/try", form);
            }
            assertNothing("try in " + place);
        }
    }

    @Test
    void checksAndListsSendAndShowNothing() throws Exception {
        StringBuilder shown = new StringBuilder();
        for (String user : OTHERS) {
            for (String place : List.of("", "job/team/", "job/team/job/app/", "job/top/")) {
                for (String method : methods()) {
                    JenkinsRule.WebClient client = clients.of(user);
                    WebRequest request = new WebRequest(
                            new URL(client.getContextPath() + place + "descriptorByName/" + method), HttpMethod.POST);
                    request.setRequestParameters(new ArrayList<>(List.of(
                            new NameValuePair("value", server.address().toString()),
                            new NameValuePair("credentialsId", ""))));
                    shown.append(
                            client.loadWebResponse(client.addCrumb(request)).getContentAsString());
                }
            }
            assertNothing("checks and lists of " + user);
        }
        assertThat(shown).doesNotContain(BorrowedSources.SYSTEM_ID, OF_SYSTEM);
    }

    @Test
    void configXmlSendsNothing() throws Exception {
        for (String user : List.of("configurer", "folder-admin")) {
            String plain = team.getConfigFile().asString();
            AwsSecretsFolderProperty property = all();
            String xml = plain.replaceFirst(
                    "<properties/>|<properties>",
                    java.util.regex.Matcher.quoteReplacement("<properties>" + Items.XSTREAM2.toXML(property)
                            + (plain.contains("<properties/>") ? "</properties>" : "")));
            JenkinsRule.WebClient client = clients.of(user);
            WebRequest request = new WebRequest(client.createCrumbedUrl("job/team/config.xml"), HttpMethod.POST);
            request.setAdditionalHeader("Content-Type", "application/xml");
            request.setRequestBody(xml);
            assertThat(client.loadWebResponse(request).getStatusCode()).isEqualTo(200);

            assertThat(use(team)).as("sources that were read").isEqualTo(variants.size());
            assertNothing("config.xml of " + user);
            team.getProperties().remove(AwsSecretsFolderProperty.class);
        }
    }

    @Test
    void savedFormSendsNothing() throws Exception {
        String property = AwsSecretsFolderProperty.class.getName().replace('.', '-');
        int saved = 0;
        for (Variant variant : variants) {
            JSONObject form = new JSONObject()
                    .element("description", "")
                    .element("enable", true)
                    .element(
                            "icon",
                            new JSONObject()
                                    .element(
                                            "stapler-class",
                                            "com.cloudbees.hudson.plugins.folder.icons.StockFolderIcon"))
                    .element(
                            property,
                            new JSONObject()
                                    .element(
                                            "sources",
                                            variant.withId("c0").typed().json()));
            clients.send("folder-admin", "job/team/configSubmit", form);
            saved += use(team);
            team.getProperties().remove(AwsSecretsFolderProperty.class);
        }
        assertThat(saved).as("sources that were saved and used").isGreaterThan(variants.size() / 3);
        assertNothing("a saved form");
    }

    @Test
    void codeCopyAndMoveSendNothing() throws Exception {
        Folder origin = jenkins.createProject(Folder.class, "origin");
        origin.addProperty(all());
        use(origin);
        assertNothing("Job DSL");

        Folder copy = (Folder) jenkins.jenkins.copy((hudson.model.TopLevelItem) origin, "copy");
        use(copy);
        assertNothing("copy");

        Items.move(origin, (Folder) jenkins.jenkins.getItem("elsewhere"));
        use(origin);
        assertNothing("move");
    }

    private static AwsSecretsFolderProperty all() throws Exception {
        List<SourceConfiguration> sources = new ArrayList<>();
        for (Variant variant : variants) {
            sources.add(variant.withId("c" + sources.size()).source());
        }
        // As XML has it: what checks a form is passed by.
        AwsSecretsFolderProperty property = new AwsSecretsFolderProperty();
        java.lang.reflect.Field field = AwsSecretsFolderProperty.class.getDeclaredField("sources");
        field.setAccessible(true);
        field.set(property, sources);
        return property;
    }

    /** Uses each source of a folder as a build, a listing and a check would. */
    private static int use(Folder folder) {
        int used = 0;
        for (Map.Entry<String, io.jenkins.plugins.awssecrets.engine.source.SourceKind> kind :
                Catalog.get().in(folder).kinds().entrySet()) {
            if (!kind.getKey().matches("c\\d+")) {
                continue;
            }
            SecretSource source = Catalog.get().in(folder).source(kind.getKey()).orElseThrow();
            used++;
            Locator secret =
                    new Locator(source.id(), source.kind() == SourceKind.VAULT ? "secret/ci" : "ci", Optional.empty());
            tried(source, asked -> asked.check(Deadline.in(Duration.ofSeconds(5))));
            tried(source, asked -> asked.list(Deadline.in(Duration.ofSeconds(5))));
            tried(source, asked -> read(asked, secret));
            tried(source, asked -> asked.forBuild(build(folder)).ifPresent(session -> {
                try (session) {
                    read(session, secret);
                }
            }));
        }
        return used;
    }

    private static void read(SecretSource source, Locator secret) {
        Outcome outcome = source.fetch(List.of(secret), Deadline.in(Duration.ofSeconds(5)))
                .get(secret);
        if (outcome instanceof Outcome.Failed failed) {
            throw failed.why();
        }
    }

    private static void tried(SecretSource source, Consumer<SecretSource> use) {
        try {
            use.accept(source);
        } catch (SecretException e) {
            assertThat(e.getMessage()).doesNotContain(CANARIES);
        }
    }

    private static BuildIdentity build(Folder folder) {
        String job = folder.getFullName() + "/app";
        return new BuildIdentity("", job, Optional.empty(), job, 1, (place, id) -> SecretValue.of("made-up"));
    }

    private static String secretOf(Variant variant) {
        return variant.name().startsWith("Vault") ? "secret/ci#token" : "ci";
    }

    private static void assertNothing(String way) {
        assertThat(server.arrived()).as(way).doesNotContain(CANARIES);
    }

    private static List<String> methods() {
        List<String> methods = new ArrayList<>();
        for (hudson.model.Descriptor<?> descriptor : jenkins.jenkins.getExtensionList(hudson.model.Descriptor.class)) {
            String name = descriptor.getClass().getName();
            if (name.startsWith("io.jenkins.plugins.awssecrets.config.")
                    && !(descriptor instanceof CredentialDescriptor)) {
                for (java.lang.reflect.Method method : descriptor.getClass().getMethods()) {
                    if (method.getName().matches("do(Check|Fill).*")) {
                        methods.add(descriptor.getId() + "/"
                                + Character.toLowerCase(method.getName().charAt(2))
                                + method.getName().substring(3));
                    }
                }
            }
        }
        return methods;
    }

    private static void post(String user, String place, Variant variant, String method) throws Exception {
        clients.send(
                user,
                place + "descriptorByName/" + variant.typed().type().getName() + "/" + method,
                new JSONObject().element("sources", variant.typed().json()));
    }
}
