package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Makes the credentials provider of a source. No provider keeps a thread: a session that is about to end is renewed
 * when somebody uses it ({@link RoleSession}).
 */
final class Logins {
    /** What the SDK looks for when a profile logs in by SSO. */
    private static final Optional<Class<?>> SSO_MODULE = ssoModule();

    private static final String WEB_IDENTITY = "web identity token file";

    private final Supplier<StsClient> client;
    private final Supplier<Duration> patience;
    private final Consumer<AutoCloseable> owned;
    private final AwsErrors stsErrors;

    /**
     * @param client gives the STS client, which every request tells its credentials
     * @param patience how long the calling thread may wait for a login
     * @param own is given every provider that is to be closed with the source
     */
    Logins(Supplier<StsClient> client, Supplier<Duration> patience, Consumer<AutoCloseable> own, Place place) {
        this.client = client;
        this.patience = patience;
        this.owned = own;
        this.stsErrors = new AwsErrors("STS", place);
    }

    AwsCredentialsProvider of(AwsSettings settings) {
        return chained(
                first(
                        settings.login(),
                        settings.sessionName().map(SessionName::of).orElse(SessionName.DEFAULT)),
                settings.chain(),
                settings.sessionName());
    }

    /** What assumes the roles of builds; mostly the source's own login. */
    AwsCredentialsProvider ofBuilds(AwsSettings settings, AwsCredentialsProvider own) {
        return settings.login() instanceof AwsLogin.ForBuilds login ? of(settings.withLogin(login.login())) : own;
    }

    /**
     * A build's session; asks nobody.
     *
     * @param controller the source's own login, where that assumes the role for the build
     * @param policy of an exact session; made when it is asked for
     */
    AwsCredentialsProvider ofBuild(
            PerBuild how, BuildIdentity build, AwsCredentialsProvider controller, Supplier<String> policy) {
        Optional<String> name = Optional.of(PerBuild.sessionName(build));
        AwsCredentialsProvider before = how.webIdentity()
                .map(web -> webIdentity(
                        () -> web.roleArn(build),
                        () -> build.idTokens().token(web.place(), web.credentialsId()),
                        name.get()))
                .map(first -> chained(first, how.between(), name))
                .orElse(controller);
        if (how.role().isEmpty()) {
            return before;
        }
        PerBuild.Role last = how.role().get();
        Supplier<AwsSessionCredentials> assume = last.exactPolicy()
                ? () -> sts().assumeExactly(last.of(build), policy.get(), before)
                : () -> sts().assume(last.of(build), before);
        return LoginStep.sts(
                session(assume),
                stsErrors,
                "role session of build " + build,
                new Access("sts:AssumeRole", last.roleArn().text()));
    }

    private AwsCredentialsProvider chained(
            AwsCredentialsProvider first, List<AssumeRole> roles, Optional<String> sessionName) {
        AwsCredentialsProvider provider = first;
        for (AssumeRole role : roles) {
            provider = assumed(role.named(sessionName), provider);
        }
        return provider;
    }

    private AwsCredentialsProvider first(AwsLogin login, String sessionName) {
        if (login instanceof AwsLogin.Profile profile) {
            return profile(profile.name());
        } else if (login instanceof AwsLogin.StaticKeys keys) {
            return keys(keys);
        } else if (login instanceof AwsLogin.WebIdentity identity) {
            return webIdentity(identity.roleArn(), identity.tokenFile(), sessionName);
        } else if (login instanceof AwsLogin.WebIdentityToken identity) {
            return webIdentity(identity::roleArn, identity.token(), sessionName);
        } else if (!login.lists()) {
            return () -> {
                throw new SecretException(
                        Problem.UNAUTHENTICATED,
                        "AWS",
                        "the source has no login of its own, since each build authenticates itself",
                        "add one, such as credentialsId, if it is to list secrets");
            };
        } else if (login instanceof AwsLogin.Provided provided) {
            return LoginStep.local(
                    provided.provider(), provided.name(), "they contain no keys", "check them where they are stored");
        }
        Set<String> named = new HashSet<>();
        Map.of(
                        "environment",
                        hasHalfAKey(),
                        WEB_IDENTITY,
                        webIdentityVariables().isPresent(),
                        "profile",
                        Profiles.isSetUp(),
                        "container",
                        hasContainer())
                .forEach((way, isNamed) -> {
                    if (isNamed) {
                        named.add(way);
                    }
                });
        return new DefaultLogin(
                List.of(
                        Map.entry("system properties", SystemPropertyCredentialsProvider.create()),
                        Map.entry("environment", environment()),
                        Map.entry(WEB_IDENTITY, webIdentityOfEnvironment(sessionName)),
                        Map.entry(
                                "profile",
                                Profiles.isSetUp()
                                        ? profile(Profiles.current())
                                        : own(ProfileCredentialsProvider.create())),
                        Map.entry("container", container()),
                        Map.entry("instance role", own(InstanceProfileCredentialsProvider.create()))),
                named);
    }

    private static AwsCredentialsProvider environment() {
        AwsCredentialsProvider keys = EnvironmentVariableCredentialsProvider.create();
        return hasHalfAKey()
                ? LoginStep.local(
                        keys,
                        "environment",
                        "one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is missing",
                        "set both, or neither")
                : keys;
    }

    private AwsCredentialsProvider container() {
        AwsCredentialsProvider role = own(ContainerCredentialsProvider.create());
        return hasContainer()
                ? LoginStep.local(
                        role,
                        "container",
                        "its endpoint gave no credentials",
                        "check the role of the task or pod, and AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or"
                                + " AWS_CONTAINER_CREDENTIALS_FULL_URI")
                : role;
    }

    private static boolean hasHalfAKey() {
        return isSet("AWS_ACCESS_KEY_ID") != isSet("AWS_SECRET_ACCESS_KEY");
    }

    private static boolean isSet(String name) {
        return Optional.ofNullable(System.getenv(name))
                .filter(value -> !value.isBlank())
                .isPresent();
    }

    private static boolean hasContainer() {
        return SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI
                        .getStringValue()
                        .isPresent()
                || SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI
                        .getStringValue()
                        .isPresent();
    }

    private AwsCredentialsProvider profile(String name) {
        return new LoginStep(
                own(ProfileCredentialsProvider.create(name)),
                any -> Profiles.isBySso(name) ? noSession(name) : Profiles.nothing(name));
    }

    /** A Jenkins has the module that reads SSO's sessions where the plugin AWS SDK 2 :: SSO is; the command line has it. */
    private static SecretException noSession(String profile) {
        String byProcess =
                "credential_process = aws configure export-credentials --profile " + profile + " --format process";
        return new SecretException(
                Problem.UNAUTHENTICATED,
                "profile " + profile,
                SSO_MODULE.isPresent()
                        ? "it authenticates with SSO, and its session expired, was never started or may not use this"
                                + " role"
                        : "it authenticates with SSO, which needs the plugin aws-java-sdk2-sso",
                SSO_MODULE.isPresent()
                        ? "log in: aws sso login --profile " + profile
                        : "install that plugin, or name a profile with " + byProcess
                                + ", and log in as Jenkins' operating system user");
    }

    private static Optional<Class<?>> ssoModule() {
        try {
            return Optional.of(Class.forName(
                    "software.amazon.awssdk.services.sso.auth.SsoProfileCredentialsProviderFactory",
                    false,
                    Logins.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
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
        AwsCredentialsProvider provider =
                session(() -> sts().assumeWithWebIdentity(roleArn, read(tokenFile), sessionName));
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
                                "check that it exists and that this process may read it"));
    }

    private static SecretValue read(Path tokenFile) {
        try {
            return SecretValue.of(Files.readString(tokenFile).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With a token that is made for the session; a refusal says what the role's trust policy has to compare with. */
    private AwsCredentialsProvider webIdentity(
            Supplier<String> roleArn, Supplier<SecretValue> tokens, String sessionName) {
        return session(() -> {
            String role = roleArn.get();
            SecretValue token = tokens.get();
            try {
                return sts().assumeWithWebIdentity(role, token, sessionName);
            } catch (RuntimeException e) {
                SecretException why =
                        stsErrors.of(e, "web identity for " + role, new Access("sts:AssumeRoleWithWebIdentity", role));
                throw why.problem() == Problem.DENIED || why.problem() == Problem.UNAUTHENTICATED
                        ? IdTokenClaims.of(token)
                                .map(claims -> why.advising("Compare the conditions of the role's trust policy, and the"
                                        + " OIDC provider in IAM, with the claims of the token: " + claims))
                                .orElse(why)
                        : why;
            }
        });
    }

    /** As EKS sets a pod up for a service account's role (IRSA); not there without both variables. */
    private AwsCredentialsProvider webIdentityOfEnvironment(String sessionName) {
        Optional<Map.Entry<String, Path>> given = webIdentityVariables();
        if (given.isEmpty()) {
            return () -> {
                throw SdkClientException.create("no web identity in the environment");
            };
        }
        String session = Profiles.variable("aws.roleSessionName", "AWS_ROLE_SESSION_NAME")
                .map(SessionName::of)
                .orElse(sessionName);
        return webIdentity(given.get().getKey(), given.get().getValue(), session);
    }

    private static Optional<Map.Entry<String, Path>> webIdentityVariables() {
        return Profiles.variable("aws.roleArn", "AWS_ROLE_ARN")
                .flatMap(role -> Profiles.variable("aws.webIdentityTokenFile", "AWS_WEB_IDENTITY_TOKEN_FILE")
                        .map(file -> Map.entry(role, Path.of(file))));
    }

    private AwsCredentialsProvider assumed(AssumeRole role, AwsCredentialsProvider with) {
        return LoginStep.sts(
                session(() -> sts().assume(role, with)),
                stsErrors,
                "role " + role.roleArn(),
                new Access("sts:AssumeRole", role.roleArn()));
    }

    private Sts sts() {
        return new Sts(client.get(), patience, stsErrors);
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
