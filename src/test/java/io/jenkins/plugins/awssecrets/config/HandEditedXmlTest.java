package io.jenkins.plugins.awssecrets.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Descriptor;
import hudson.model.ItemGroup;
import hudson.model.Items;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.config.authentication.AssumeRoleConfiguration;
import io.jenkins.plugins.awssecrets.config.authentication.ClientCertificateConfiguration;
import io.jenkins.plugins.awssecrets.config.authentication.VaultAuth;
import io.jenkins.plugins.awssecrets.config.authentication.WebIdentityConfiguration;
import io.jenkins.plugins.awssecrets.config.credentials.CredentialConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.DefaultSources;
import io.jenkins.plugins.awssecrets.config.sources.SourceConfiguration;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** XML of ours that an older version wrote, or that somebody edited: what is left out is as if it was never set. */
@WithJenkins
class HandEditedXmlTest {
    private static final String PACKAGE = HandEditedXmlTest.class.getPackageName() + ".";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty().secret("ci/token", "canary-20ab"));

    @Test
    void everyClassIsReadWhereAllIsLeftOut(JenkinsRule jenkins) throws Exception {
        List<Class<?>> types = Stream.concat(
                        jenkins.jenkins.getExtensionList(Descriptor.class).stream()
                                .filter(descriptor -> !(descriptor instanceof AwsSecretsConfiguration))
                                .map(descriptor -> (Class<?>) descriptor.clazz)
                                .filter(type -> type.getName().startsWith(PACKAGE)),
                        Stream.of(AwsSecretsFolderProperty.class))
                .distinct()
                .toList();
        assertThat(types).hasSizeGreaterThan(25);

        for (Class<?> type : types) {
            Object read = Items.XSTREAM2.fromXML("<" + type.getName() + "/>");
            for (Method getter : type.getMethods()) {
                if (getter.getName().matches("(get|is)[A-Z].*")
                        && getter.getParameterCount() == 0
                        && getter.getDeclaringClass().getName().startsWith(PACKAGE)) {
                    assertThatCode(() -> call(read, getter)).as("%s", getter).doesNotThrowAnyException();
                }
            }
            tellsWhatIsMissing(read);
        }
    }

    /** Either there is nothing wrong with it, or the mistake is told as one. */
    private static void tellsWhatIsMissing(Object read) throws Exception {
        try {
            if (read instanceof SourceConfiguration source) {
                source.check();
            } else if (read instanceof VaultAuth auth) {
                auth.check();
            } else if (read instanceof ClientCertificateConfiguration certificate) {
                certificate.check();
            } else if (read instanceof AssumeRoleConfiguration role) {
                role.toRole();
            } else if (read instanceof WebIdentityConfiguration identity) {
                identity.check();
            } else if (read instanceof CredentialConfiguration credential) {
                new LevelCheck(DefaultSources.KINDS).check(List.of(), List.of(credential));
            }
        } catch (SecretException e) {
            assertThat(e.reason()).as("%s", read.getClass()).isNotBlank();
        }
    }

    private static Object call(Object read, Method getter) throws Throwable {
        try {
            return getter.invoke(read);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void folderWithoutDiscoverySourcesOrCredentialsWorks(JenkinsRule jenkins) throws Exception {
        backends.configure("discovery: {enabled: false}\n");
        Folder bare = folder(jenkins, "bare", "");
        Folder credentials = folder(jenkins, "credentials", """
            <credentials>
              <%1$scredentials.StringCredential><id>token</id><secret>sm:ci/token</secret></%1$scredentials.StringCredential>
              <%1$scredentials.StringCredential/>
              <null/>
              <string>stray</string>
              <%1$scredentials.NoSuchCredential><id>gone</id></%1$scredentials.NoSuchCredential>
            </credentials>
            """.formatted(PACKAGE));

        assertThat(AwsSecretsFolderProperty.of(bare)
                        .orElseThrow()
                        .getDiscovery()
                        .isEnabled())
                .isTrue();
        assertThat(find(bare, "token")).isEmpty();
        assertThat(find(credentials, "token")).isPresent();
    }

    @Test
    void discoveryWithoutAWordIsOn() {
        assertThat(((DiscoveryConfiguration) Items.XSTREAM2.fromXML("<" + PACKAGE + "DiscoveryConfiguration/>"))
                        .isEnabled())
                .isTrue();
    }

    @Test
    void sourceWithoutWhatItNeedsSaysSoWhenItIsUsedAndLeavesTheOthersAlone(JenkinsRule jenkins) throws Exception {
        backends.configure("discovery: {enabled: false}\n");
        Folder team = folder(jenkins, "team", """
            <sources>
              <%1$ssources.VaultConfiguration>
                <url>https://vault.example</url>
                <auth class="%1$sauthentication.LdapAuth"><username>jane</username></auth>
                <filter><tags><%1$ssources.TagFilter/><null/></tags></filter>
              </%1$ssources.VaultConfiguration>
              <%1$ssources.SecretsManagerConfiguration><id>odd</id><region>eu west</region></%1$ssources.SecretsManagerConfiguration>
            </sources>
            <credentials>
              <%1$scredentials.StringCredential><id>token</id><secret>sm:ci/token</secret></%1$scredentials.StringCredential>
            </credentials>
            """.formatted(PACKAGE));

        assertThat(find(team, "token")).isPresent();
        assertThatThrownBy(() -> read(team, "vault"))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("auth.ldap.password: it is missing");
        assertThatThrownBy(() -> read(team, "odd"))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("region: not a valid region");
    }

    @Test
    void sourceIdThatIsAPathReachesNoFile(JenkinsRule jenkins) throws Exception {
        Path outside =
                Files.createDirectories(jenkins.jenkins.getRootDir().toPath().resolve("elsewhere"));
        Path precious = Files.writeString(outside.resolve("precious.json"), "{}");
        backends.configure("discovery: {enabled: false}\n");
        Folder team = folder(
                jenkins, "team", """
                    <sources>
                      <%1$ssources.SecretsManagerConfiguration>
                        <id>../../elsewhere</id><region>eu-west-1</region><endpoint>%2$s</endpoint>
                      </%1$ssources.SecretsManagerConfiguration>
                    </sources>
                    """.formatted(PACKAGE, backends.running().secretsManager()));

        Catalog.get().in(team).entries(PATIENCE);

        assertThat(Catalog.get().in(team).kinds()).containsOnlyKeys("ssm", "sm", "vault");
        assertThat(files(outside)).containsExactly(precious);
    }

    @Test
    void configurationOfJenkinsIsReadWhereAllIsLeftOut(JenkinsRule jenkins) throws Exception {
        Path file = jenkins.jenkins.getRootDir().toPath().resolve(AwsSecretsConfiguration.class.getName() + ".xml");
        Files.writeString(file, """
            <%1$sAwsSecretsConfiguration>
              <sources><null/><%1$ssources.SsmConfiguration/></sources>
              <credentials>
                <%1$scredentials.StringCredential><id>token</id><secret>sm:ci/token</secret></%1$scredentials.StringCredential>
                <null/>
              </credentials>
              <discovery/>
              <metadataCache></metadataCache>
            </%1$sAwsSecretsConfiguration>
            """.formatted(PACKAGE));

        AwsSecretsConfiguration read = new AwsSecretsConfiguration();

        assertThat(read.getSources()).extracting(SourceConfiguration::getId).containsExactly("ssm");
        assertThat(read.getCredentials()).hasSize(1);
        assertThat(read.getDiscovery().isEnabled()).isTrue();
        assertThat(read.getMetadataCache()).isEqualTo("5m");
        assertThatCode(read::save).doesNotThrowAnyException();
    }

    private static Folder folder(JenkinsRule jenkins, String name, String property) throws IOException {
        String xml = "<com.cloudbees.hudson.plugins.folder.Folder><properties><" + PACKAGE
                + "AwsSecretsFolderProperty>" + property + "</" + PACKAGE
                + "AwsSecretsFolderProperty></properties></com.cloudbees.hudson.plugins.folder.Folder>";
        return (Folder) jenkins.jenkins.createProjectFromXML(
                name, new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static Optional<CatalogEntry> find(ItemGroup<?> place, String id) {
        return Catalog.get().in(place).find(id, PATIENCE);
    }

    private static void read(ItemGroup<?> place, String id) {
        SecretSource source = Catalog.get().in(place).source(id).orElseThrow();
        source.fetch(List.of(new Locator(id, "secret/x", Optional.empty())), Deadline.in(PATIENCE));
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
