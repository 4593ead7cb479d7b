package io.jenkins.plugins.awssecrets.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Items;
import io.jenkins.plugins.awssecrets.SharedJenkins;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.config.BorrowedSources.Variant;
import io.jenkins.plugins.awssecrets.config.sources.SourceConfiguration;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * A folder's source that leads to a server which records all it is sent, and that takes whatever a source can take of the
 * controller, saved by every way that a configuration comes in, and then used. Nothing of the controller arrives. That it
 * would for the administrator is shown by {@link ControllerCanaryTest}.
 */
@ExtendWith(SharedJenkins.class)
class SavedSourcesCanaryTest {
    private static JenkinsRule jenkins;
    private static ControllerCanaries canaries;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        canaries = new ControllerCanaries(rule);
    }

    @AfterAll
    static void stop() {
        canaries.close();
    }

    @BeforeEach
    void lend() throws Exception {
        canaries.lend();
    }

    @Test
    void configXmlSendsNothing() throws Exception {
        for (String user : List.of("configurer", "folder-admin")) {
            String plain = canaries.team().getConfigFile().asString();
            AwsSecretsFolderProperty property = all();
            String xml = plain.replaceFirst(
                    "<properties/>|<properties>",
                    java.util.regex.Matcher.quoteReplacement("<properties>" + Items.XSTREAM2.toXML(property)
                            + (plain.contains("<properties/>") ? "</properties>" : "")));
            JenkinsRule.WebClient client = canaries.clients().of(user);
            WebRequest request = new WebRequest(client.createCrumbedUrl("job/team/config.xml"), HttpMethod.POST);
            request.setAdditionalHeader("Content-Type", "application/xml");
            request.setRequestBody(xml);
            assertThat(client.loadWebResponse(request).getStatusCode()).isEqualTo(200);

            assertThat(use(canaries.team()))
                    .as("sources that were read")
                    .isEqualTo(canaries.variants().size());
            canaries.assertNothing("config.xml of " + user);
            canaries.team().getProperties().remove(AwsSecretsFolderProperty.class);
        }
    }

    @Test
    void savedFormSendsNothing() throws Exception {
        String property = AwsSecretsFolderProperty.class.getName().replace('.', '-');
        int saved = 0;
        for (Variant variant : canaries.variants()) {
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
            canaries.clients().send("folder-admin", "job/team/configSubmit", form);
            saved += use(canaries.team());
            canaries.team().getProperties().remove(AwsSecretsFolderProperty.class);
        }
        assertThat(saved)
                .as("sources that were saved and used")
                .isGreaterThan(canaries.variants().size() / 3);
        canaries.assertNothing("a saved form");
    }

    @Test
    void codeCopyAndMoveSendNothing() throws Exception {
        Folder origin = jenkins.createProject(Folder.class, "origin");
        origin.addProperty(all());
        use(origin);
        canaries.assertNothing("Job DSL");

        Folder copy = (Folder) jenkins.jenkins.copy((hudson.model.TopLevelItem) origin, "copy");
        use(copy);
        canaries.assertNothing("copy");

        Items.move(origin, (Folder) jenkins.jenkins.getItem("elsewhere"));
        use(origin);
        canaries.assertNothing("move");
    }

    private static AwsSecretsFolderProperty all() throws Exception {
        List<SourceConfiguration> sources = new ArrayList<>();
        for (Variant variant : canaries.variants()) {
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
            assertThat(e.getMessage()).doesNotContain(ControllerCanaries.CANARIES);
        }
    }

    private static BuildIdentity build(Folder folder) {
        String job = folder.getFullName() + "/app";
        return new BuildIdentity("", job, Optional.empty(), job, 1, (place, id) -> SecretValue.of("made-up"));
    }
}
