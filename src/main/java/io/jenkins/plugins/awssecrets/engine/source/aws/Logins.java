package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Makes the credentials provider of a source. No provider keeps a thread: a session that is about to end is renewed
 * when somebody uses it ({@link RoleSession}).
 */
final class Logins {
    /** What the SDK looks for when a profile logs in by SSO. */
    private static final Optional<Class<?>> SSO_MODULE = ssoModule();

    private final Function<AwsCredentialsProvider, StsClient> clients;
    private final Supplier<Duration> patience;
    private final Consumer<AutoCloseable> owned;
    private final AwsErrors stsErrors;

    /**
     * @param clients makes an STS client that calls with these credentials
     * @param patience how long the calling thread may wait for a login
     * @param own is given every provider that is to be closed with the source
     */
    Logins(
            Function<AwsCredentialsProvider, StsClient> clients,
            Supplier<Duration> patience,
            Consumer<AutoCloseable> own,
            Place place) {
        this.clients = clients;
        this.patience = patience;
        this.owned = own;
        this.stsErrors = new AwsErrors("STS", place);
    }

    AwsCredentialsProvider of(AwsSettings settings) {
        AwsCredentialsProvider provider = first(settings.login());
        for (AssumeRole role : settings.chain()) {
            provider = assumed(role, provider);
        }
        return provider;
    }

    private AwsCredentialsProvider first(AwsLogin login) {
        if (login instanceof AwsLogin.Profile profile) {
            return profile(profile.name());
        } else if (login instanceof AwsLogin.StaticKeys keys) {
            return keys(keys);
        } else if (login instanceof AwsLogin.WebIdentity identity) {
            return webIdentity(identity.roleArn(), identity.tokenFile(), SessionName.DEFAULT);
        } else if (login instanceof AwsLogin.Provided provided) {
            return LoginStep.local(
                    provided.provider(), provided.name(), "they give no keys", "check them where they are kept");
        }
        return new DefaultLogin(List.of(
                Map.entry("system properties", SystemPropertyCredentialsProvider.create()),
                Map.entry("environment", EnvironmentVariableCredentialsProvider.create()),
                Map.entry("web identity token file", webIdentityOfEnvironment()),
                Map.entry("profile", profileOfEnvironment()),
                Map.entry("container", own(ContainerCredentialsProvider.create())),
                Map.entry("instance role", own(InstanceProfileCredentialsProvider.create()))));
    }

    private AwsCredentialsProvider profile(String name) {
        return new LoginStep(
                own(ProfileCredentialsProvider.create(name)), any -> isBySso(name) ? noSession(name) : nothing(name));
    }

    private AwsCredentialsProvider profileOfEnvironment() {
        String name = ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
        return isBySso(name) ? profile(name) : own(ProfileCredentialsProvider.create());
    }

    private static SecretException nothing(String profile) {
        return new SecretException(
                Problem.UNAUTHENTICATED,
                "profile " + profile,
                "it gives no credentials",
                "check it in ~/.aws/config and ~/.aws/credentials, and that its role or process works");
    }

    /** A Jenkins has the SDK without the module that reads SSO's sessions; the command line has it. */
    private static SecretException noSession(String profile) {
        String byProcess =
                "credential_process = aws configure export-credentials --profile " + profile + " --format process";
        return new SecretException(
                Problem.UNAUTHENTICATED,
                "profile " + profile,
                SSO_MODULE.isPresent()
                        ? "it logs in by SSO, and its session ended, never began or may not have this role"
                        : "it logs in by SSO, for which the SDK's modules are not in Jenkins",
                SSO_MODULE.isPresent()
                        ? "log in: aws sso login --profile " + profile
                        : "name a profile with " + byProcess + ", and log in by SSO as Jenkins' user");
    }

    private static Optional<Class<?>> ssoModule() {
        try {
            return Optional.of(Class.forName(
                    "software.amazon.awssdk.services.sso.auth.SsoProfileCredentialsProviderFactory",
                    false,
                    ProfileCredentialsProvider.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    private static boolean isBySso(String name) {
        try {
            return ProfileFile.defaultProfileFile()
                    .profile(name)
                    .filter(profile -> profile.property("sso_session").isPresent()
                            || profile.property("sso_start_url").isPresent())
                    .isPresent();
        } catch (RuntimeException e) {
            // A profile file that cannot be read says nothing of SSO.
            return false;
        }
    }

    private static AwsCredentialsProvider keys(AwsLogin.StaticKeys keys) {
        String id = keys.accessKeyId();
        String secret = keys.secretAccessKey().reveal();
        Optional<String> token = keys.sessionToken().map(SecretValue::reveal);
        return StaticCredentialsProvider.create(
                token.isPresent()
                        ? AwsSessionCredentials.create(id, secret, token.get())
                        : AwsBasicCredentials.create(id, secret));
    }

    private AwsCredentialsProvider webIdentity(String roleArn, Path tokenFile, String sessionName) {
        Sts asked = sts(AnonymousCredentialsProvider.create());
        AwsCredentialsProvider provider = session(() -> asked.assumeWithWebIdentity(roleArn, tokenFile, sessionName));
        String subject = "web identity for " + roleArn;
        Access access = new Access("sts:AssumeRoleWithWebIdentity", roleArn);
        return new LoginStep(
                provider,
                failure -> Files.isReadable(tokenFile)
                        ? stsErrors.of(failure, subject, access)
                        : new SecretException(
                                Problem.UNAUTHENTICATED,
                                subject,
                                "the token file " + tokenFile + " cannot be read",
                                "check that it is there and that this process may read it"));
    }

    /** As EKS sets a pod up for a service account's role (IRSA); not there without both variables. */
    private AwsCredentialsProvider webIdentityOfEnvironment() {
        Optional<String> role = variable("aws.roleArn", "AWS_ROLE_ARN");
        Optional<String> file = variable("aws.webIdentityTokenFile", "AWS_WEB_IDENTITY_TOKEN_FILE");
        if (role.isEmpty() || file.isEmpty()) {
            return () -> {
                throw SdkClientException.create("no web identity in the environment");
            };
        }
        String session =
                variable("aws.roleSessionName", "AWS_ROLE_SESSION_NAME").orElse(SessionName.DEFAULT);
        return webIdentity(role.get(), Path.of(file.get()), SessionName.of(session));
    }

    private static Optional<String> variable(String property, String name) {
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(System.getenv(name)))
                .map(String::trim)
                .filter(value -> !value.isEmpty());
    }

    private AwsCredentialsProvider assumed(AssumeRole role, AwsCredentialsProvider with) {
        Sts asked = sts(with);
        return LoginStep.sts(
                session(() -> asked.assume(role)),
                stsErrors,
                "role " + role.roleArn(),
                new Access("sts:AssumeRole", role.roleArn()));
    }

    private Sts sts(AwsCredentialsProvider with) {
        return new Sts(clients.apply(with), patience, stsErrors);
    }

    private AwsCredentialsProvider session(Supplier<AwsSessionCredentials> assume) {
        return new RoleSession(assume, patience, Clock.systemUTC(), Logins::inTheBackground);
    }

    private static void inTheBackground(Runnable work) {
        Thread thread = new Thread(work, "renewal of an AWS session");
        thread.setDaemon(true);
        // The SDK looks for services through it, and the thread that asks may be anybody's.
        thread.setContextClassLoader(Logins.class.getClassLoader());
        thread.start();
    }

    /** Registers a provider to be closed with the source. */
    private <T extends AutoCloseable> T own(T provider) {
        owned.accept(provider);
        return provider;
    }
}
