package io.jenkins.plugins.awssecrets.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.catalog.LevelDefinition;
import io.jenkins.plugins.awssecrets.catalog.LevelProvider;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.rules.AllowList;
import io.jenkins.plugins.awssecrets.engine.rules.Requester;
import io.jenkins.plugins.awssecrets.engine.rules.RuleParser;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What rules cost where a folder declares ten thousand credentials. No source can be opened here at all. */
@WithJenkins
class ManyCredentialsTest {
    private static final int MANY = 10_000;

    @Test
    void lookingUpAndDecidingTakesLessThanAMillisecond(JenkinsRule jenkins) throws Exception {
        MockFolder folder = jenkins.createFolder("many");
        FreeStyleProject job = folder.createProject(FreeStyleProject.class, "job");
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        CatalogView view = Catalog.get().forItem(job);
        Requester who = Requesters.of(build);
        Reference direct = Reference.parse("own:free/to/name");
        for (int i = 0; i < 200; i++) {
            assertThat(CredentialsProvider.findCredentialById("c" + i, StringCredentials.class, build))
                    .isNotNull();
            decide(view, direct, who, i);
        }

        long start = System.nanoTime();
        for (int i = 0; i < 500; i++) {
            CredentialsProvider.findCredentialById("c" + (MANY - 1 - i), StringCredentials.class, build);
        }
        long lookUp = (System.nanoTime() - start) / 500;
        start = System.nanoTime();
        for (int i = 0; i < 500; i++) {
            decide(view, direct, who, MANY - 1 - i);
        }
        long decision = (System.nanoTime() - start) / 1000;

        assertThat(Duration.ofNanos(decision)).isLessThan(Duration.ofMillis(1));
        // What a build's start costs where nothing changed since the one before; the rules of a place are shared.
        start = System.nanoTime();
        for (int i = 0; i < 500; i++) {
            RulesAtStart.of(Catalog.get().forItem(job));
        }
        assertThat(Duration.ofNanos((System.nanoTime() - start) / 500)).isLessThan(Duration.ofMillis(1));
        // Jenkins asks each provider, and here all of them are on a machine that does other things too.
        assertThat(Duration.ofNanos(lookUp)).isLessThan(Duration.ofMillis(1));
    }

    private static void decide(CatalogView view, Reference direct, Requester who, int number) {
        CatalogEntry entry = view.find("c" + number, Duration.ZERO).orElseThrow();
        assertThat(SecretAccess.to(entry, who).allows()).isTrue();
        assertThat(SecretAccess.direct(view, direct, who).allows()).isTrue();
    }

    /** A folder with a source of its own. */
    @TestExtension
    public static final class Many implements LevelProvider {
        @Override
        public Optional<LevelDefinition> definition(ItemGroup<?> place) {
            if (!place.getFullName().equals("many")) {
                return Optional.empty();
            }
            LevelDefinition.Source source = new LevelDefinition.Source(
                            "own", SourceKind.SECRETS_MANAGER, SourceFilter.NONE, true, () -> {
                                throw new IllegalStateException("No source is to be opened");
                            })
                    .allowing(new AllowList(List.of(RuleParser.forSource(
                            SourceKind.SECRETS_MANAGER,
                            List.of("free/**"),
                            List.of("many/**"),
                            List.of(),
                            Optional.empty()))));
            return Optional.of(new LevelDefinition(List.of(source), Many::credentials, false, Duration.ofMinutes(5)));
        }

        private static List<LevelDefinition.Declared> credentials(DefinitionParser parser) {
            AllowList allow = new AllowList(List.of(
                    RuleParser.forCredential(List.of("other/**"), List.of("main"), Optional.empty()),
                    RuleParser.forCredential(List.of("many/*"), List.of(), Optional.empty())));
            List<LevelDefinition.Declared> all = new ArrayList<>(MANY);
            for (int i = 0; i < MANY; i++) {
                all.add(new LevelDefinition.Declared(
                        parser.parse("c" + i, Kinds.STRING, "", Map.of("secret", "own:s/" + i), false), false, allow));
            }
            return all;
        }
    }
}
