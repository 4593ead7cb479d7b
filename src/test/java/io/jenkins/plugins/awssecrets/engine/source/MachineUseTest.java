package io.jenkins.plugins.awssecrets.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.aws.AssumeRole;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.aws.PerBuild;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.ClientIdentity;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

/** What settings say that they use of the machine: whoever lends the machine's belongings decides by this. */
class MachineUseTest {
    private static final URI URL = URI.create("https://192.0.2.1:8200");
    private static final SecretValue TEXT = SecretValue.of("typed");
    private static final TextOrFile FILE = TextOrFile.of(Path.of("/etc/passwd"));
    private static final String ROLE = "arn:aws:iam::123456789012:role/payments-ci";

    private static final Map<Class<?>, VaultLogin> OWN = byClass(
            new VaultLogin.Token(TEXT),
            new VaultLogin.AppRole("approle", "id", Optional.of(TextOrFile.of(TEXT)), false),
            new VaultLogin.UserPass("userpass", "jane", TEXT),
            new VaultLogin.Ldap("ldap", "jane", TEXT),
            new VaultLogin.Jwt("jwt", Optional.of("ci"), TextOrFile.of(TEXT)),
            new VaultLogin.BuildJwt("jwt", Optional.empty(), "team", "token"),
            new VaultLogin.Certificate("cert", Optional.empty()),
            iam(true));
    private static final Map<Class<?>, VaultLogin> OF_MACHINE = byClass(
            new VaultLogin.EnvironmentToken(TEXT),
            new VaultLogin.TokenFile(Path.of("/etc/passwd")),
            new VaultLogin.Agent(),
            new VaultLogin.AppRole("approle", "id", Optional.of(FILE), false),
            new VaultLogin.Jwt("jwt", Optional.of("ci"), FILE),
            new VaultLogin.Kubernetes("kubernetes", "ci", VaultLogin.Kubernetes.TOKEN_FILE),
            iam(false));

    private static VaultLogin iam(boolean own) {
        return new VaultLogin.AwsIam(
                "aws",
                Optional.of("ci"),
                Optional.empty(),
                "eu-west-1",
                Optional.empty(),
                AnonymousCredentialsProvider.create(),
                own ? new AwsLogin.StaticKeys("AKIA", TEXT, Optional.empty()) : new AwsLogin.DefaultChain());
    }

    private static Map<Class<?>, VaultLogin> byClass(VaultLogin... logins) {
        return Arrays.stream(logins).collect(Collectors.toMap(VaultLogin::getClass, login -> login));
    }

    @Test
    void everyVaultLoginIsInThisTest() {
        assertThat(VaultLogin.class.getPermittedSubclasses())
                .allMatch(type -> OWN.containsKey(type) || OF_MACHINE.containsKey(type));
    }

    @Test
    void loginOfTypedSecretsUsesNothing() {
        OWN.forEach((type, login) ->
                assertThat(login.machineUses(URL)).as(type.getSimpleName()).isEmpty());
    }

    @Test
    void loginOfTheMachineSaysSo() {
        OF_MACHINE.forEach((type, login) ->
                assertThat(login.machineUses(URL)).as(type.getSimpleName()).isNotEmpty());
        assertThat(OF_MACHINE.get(VaultLogin.Kubernetes.class).machineUses(URL))
                .containsExactly(new MachineUse.Identity(
                        "the Kubernetes service account of the controller", Optional.of("ci"), Set.of(URL)));
        assertThat(new VaultLogin.Kubernetes("kubernetes", "ci", Path.of("/etc/passwd")).machineUses(URL))
                .containsExactly(new MachineUse.File("a service account token file"));
    }

    @Test
    void filesOfCertificatesAreTheMachines() {
        VaultSettings settings = VaultSettings.of(URL, new VaultLogin.Token(TEXT));

        assertThat(settings.machineUses()).isEmpty();
        assertThat(settings.withTls(Optional.of(FILE), Optional.empty()).machineUses())
                .containsExactly(new MachineUse.File("a file of CA certificates"));
        assertThat(settings.withTls(Optional.empty(), Optional.of(new ClientIdentity.Pem(TextOrFile.of(TEXT), FILE)))
                        .machineUses())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "http://192.0.2.1:8200, without TLS",
        "https://127.0.0.1:8200, loopback",
        "https://localhost:8200, loopback",
        "https://[::1]:8200, loopback",
        "https://[::ffff:127.0.0.1]:8200, loopback",
        "https://0.0.0.0:8200, loopback",
        "https://169.254.169.254, link-local",
        "https://[fe80::1]:8200, link-local",
        "https://[fd00:ec2::254], link-local",
        "unix:///run/agent.sock, unix socket"
    })
    void addressOfTheMachineIsNamed(URI address, String why) {
        assertThat(VaultSettings.of(address, new VaultLogin.Token(TEXT)).machineUses())
                .singleElement()
                .satisfies(use -> assertThat(use.what()).contains(why));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://192.0.2.1:8200", "https://10.1.2.3", "https://[2001:db8::1]:8200"})
    void addressOfAnotherMachineIsNone(URI address) {
        assertThat(MachineAddresses.use(address)).isEmpty();
    }

    @Test
    void defaultChainIsShownToStsAloneWhereARoleIsAssumed() {
        URI endpoint = URI.create("https://192.0.2.7");
        AwsSettings chain = AwsSettings.DEFAULTS.withRegion("eu-west-1").withEndpoint(endpoint);

        assertThat(chain.machineUses())
                .containsExactly(new MachineUse.Identity(
                        "the default AWS credentials chain", Optional.empty(), Set.of(endpoint)));
        assertThat(chain.withChain(List.of(AssumeRole.of(ROLE))).machineUses())
                .containsExactly(
                        new MachineUse.Identity("the default AWS credentials chain", Optional.of(ROLE), Set.of()));
        assertThat(chain.withChain(List.of(AssumeRole.of(ROLE)))
                        .withStsEndpoint(URL)
                        .machineUses())
                .containsExactly(
                        new MachineUse.Identity("the default AWS credentials chain", Optional.of(ROLE), Set.of(URL)));
    }

    @Test
    void loginForTheRolesOfBuildsIsAskedAboutByTheRoleOfEach() {
        List<MachineUse> asked = new ArrayList<>();
        AwsSettings settings = AwsSettings.DEFAULTS
                .withRegion("eu-west-1")
                .withLogin(new AwsLogin.ForBuilds(new AwsLogin.DefaultChain(), asked::add));
        String template = "arn:aws:iam::123456789012:role/jenkins-${folder}";
        BuildIdentity build = new BuildIdentity("", "shop/web", Optional.empty(), "shop/web", 1, (place, id) -> {
            throw new AssertionError(id);
        });

        assertThat(settings.withPerBuild(assuming("arn:aws:iam::123456789012:role/fixed"))
                        .machineUses())
                .containsExactly(new MachineUse.Identity(
                        "the default AWS credentials chain",
                        Optional.of("arn:aws:iam::123456789012:role/fixed"),
                        Set.of()));
        assertThat(settings.withPerBuild(assuming(template)).machineUses()).isEmpty();
        try (SsmSource source = new SsmSource("ssm", settings.withPerBuild(assuming(template)), SourceFilter.NONE)) {
            source.forBuild(build).orElseThrow().close();
        }
        assertThat(asked)
                .containsExactly(new MachineUse.Identity(
                        "the default AWS credentials chain",
                        Optional.of("arn:aws:iam::123456789012:role/jenkins-shop"),
                        Set.of()));
    }

    private static Optional<PerBuild> assuming(String role) {
        return Optional.of(new PerBuild(
                Optional.empty(),
                List.of(),
                Optional.of(new PerBuild.Role(
                        PerBuild.roleArn("roleArn", role), Optional.empty(), Optional.empty(), false, false))));
    }

    @Test
    void typedKeysUseNothingAndEverythingElseOfAwsIsTheMachines() {
        AwsSettings settings = AwsSettings.DEFAULTS.withRegion("eu-west-1");
        AwsLogin own = new AwsLogin.StaticKeys("AKIA", TEXT, Optional.empty());

        assertThat(settings.withLogin(own).machineUses()).isEmpty();
        assertThat(AwsSettings.DEFAULTS.withLogin(own).machineUses())
                .containsExactly(new MachineUse.Variable("the controller's AWS region"));
        assertThat(settings.withLogin(new AwsLogin.Profile("prod")).machineUses())
                .hasOnlyElementsOfType(MachineUse.File.class);
        assertThat(settings.withLogin(new AwsLogin.WebIdentity(ROLE, Path.of("/etc/passwd")))
                        .machineUses())
                .hasOnlyElementsOfType(MachineUse.File.class);
        assertThat(settings.withLogin(new AwsLogin.Provided("it", AnonymousCredentialsProvider.create(), true))
                        .machineUses())
                .hasOnlyElementsOfType(MachineUse.Identity.class);
        assertThat(settings.withLogin(new AwsLogin.Provided("it", AnonymousCredentialsProvider.create(), false))
                        .machineUses())
                .isEmpty();
    }

    @Test
    void loginThatDoesNotSayWhatItUsesIsTheMachines() throws Exception {
        assertThat(AwsLogin.class
                        .getMethod("machineUse", Optional.class, Set.class)
                        .isDefault())
                .isTrue();
        assertThat(VaultLogin.class.getMethod("machineUses", URI.class).isDefault())
                .isTrue();
    }
}
