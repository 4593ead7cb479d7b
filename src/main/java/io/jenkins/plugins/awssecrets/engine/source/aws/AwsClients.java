package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.AnswerLimit;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.DeadlineRetries;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.HttpProxy;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.RoutePlanner;
import io.jenkins.plugins.awssecrets.engine.source.tls.TrustedCertificates;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;

/**
 * The SDK clients of one source: made at the first call, because finding region and credentials may take the network;
 * kept, with their connections, until {@link #close()}, which closes STS clients and credentials providers too. Safe
 * for use by several threads.
 */
final class AwsClients implements AutoCloseable {
    private static final Duration TO_CONNECT = Duration.ofSeconds(5);
    private static final Duration AN_ATTEMPT = Duration.ofSeconds(10);
    private static final int CONNECTIONS = 16;
    private static final Pattern WEB_SERVICE = Pattern.compile("https?://[A-Za-z0-9\\[][^\\s]*");

    private static final String CA_BUNDLE = "AWS_CA_BUNDLE";

    private final AwsSettings settings;
    private final String endpointVariable;
    private final DeadlineRetries retries;
    private final DeadlineRetries stsRetries;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private Optional<Base> base = Optional.empty();
    private Optional<StsClient> sts = Optional.empty();
    private boolean closed;
    private volatile Place place = Place.UNKNOWN;

    /** What all clients of a source have in common. */
    private record Base(
            Region region,
            SdkHttpClient http,
            Logins logins,
            AwsCredentialsProvider credentials,
            AwsCredentialsProvider ofBuilds) {}

    /**
     * @param retries of the service clients; logging in has its own, within the same deadlines
     * @param endpointVariable where the SDK looks for the service's address
     */
    AwsClients(AwsSettings settings, DeadlineRetries retries, String endpointVariable) {
        this.settings = settings;
        this.endpointVariable = endpointVariable;
        this.retries = retries;
        this.stsRetries = retries.ofAnotherService();
    }

    /** Makes a client of a service, which this closes. */
    synchronized <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends AutoCloseable> C client(
            B builder) {
        Base common = base();
        withEndpoint(builder, settings.endpoint())
                .region(common.region())
                .credentialsProvider(common.credentials())
                .httpClient(common.http())
                .overrideConfiguration(o -> o.retryStrategy(retries)
                        .apiCallAttemptTimeout(AN_ATTEMPT)
                        .addExecutionInterceptor(new AnswerLimit()));
        return own(builder.build());
    }

    /** Logs in, or finds that the last session is still good. */
    AwsCredentials login() {
        return credentials().resolveCredentials();
    }

    /** A build's session, which is asked for when it is first used. */
    synchronized AwsCredentialsProvider ofBuild(PerBuild how, BuildIdentity build, Supplier<String> policy) {
        return base().logins().ofBuild(how, build, base().ofBuilds(), policy);
    }

    /** @throws SecretException when the login may not be used to assume the role of a build */
    void admit(PerBuild how, BuildIdentity build) {
        if (settings.login() instanceof AwsLogin.ForBuilds login) {
            how.role().ifPresent(role -> login.admit(role.roleArn(build), settings.shownToSts()));
        }
    }

    private synchronized AwsCredentialsProvider credentials() {
        return base().credentials();
    }

    /** Where calls go, as far as it is known by now. */
    Place place() {
        return place;
    }

    private Base base() {
        if (closed) {
            throw closed();
        }
        if (base.isEmpty()) {
            base = Optional.of(make());
        }
        return base.get();
    }

    private Base make() {
        Stream.of(settings.endpoint(), settings.stsEndpoint())
                .flatMap(Optional::stream)
                .forEach(endpoint -> check("endpoint", endpoint.toString()));
        AwsVariables.checkEndpoints(System.getenv());
        // The SDK meets a wrong one at the first call, with a NullPointerException.
        AwsVariables.ENDPOINTS.forEach(name -> Optional.ofNullable(System.getenv(name))
                .filter(text -> !text.isBlank())
                .ifPresent(text -> check("environment variable " + name, text)));
        if ((settings.fips() || settings.dualStack())
                && (settings.endpoint().isPresent() || settings.stsEndpoint().isPresent())) {
            throw new SecretException(
                    Problem.MALFORMED,
                    "endpoint",
                    "a custom endpoint excludes FIPS and dual-stack",
                    "remove the endpoint, or enter the FIPS or dual-stack endpoint itself and clear the two options");
        }
        // Before the region, which such a profile may have been meant to give.
        if (settings.login() instanceof AwsLogin.Profile profile) {
            Profiles.mustExist(Optional.of(profile.name()));
        } else if (settings.login() instanceof AwsLogin.DefaultChain
                || settings.login() instanceof AwsLogin.ForBuilds) {
            Profiles.mustExist(Profiles.named());
        }
        Region region = new RegionFinder(settings).find();
        place = Place.of(region, settings.endpoint().or(() -> ofEnvironment(endpointVariable)), settings);
        SdkHttpClient http = own(httpClient());
        Place stsPlace =
                Place.of(region, settings.stsEndpoint().or(() -> ofEnvironment("AWS_ENDPOINT_URL_STS")), settings);
        Logins logins = new Logins(() -> sts(region, http), retries::left, open::push, stsPlace);
        AwsCredentialsProvider own = logins.of(settings);
        return new Base(region, http, logins, own, logins.ofBuilds(settings, own));
    }

    private static void check(String what, String endpoint) {
        if (!WEB_SERVICE.matcher(endpoint).matches()) {
            throw new SecretException(
                    Problem.MALFORMED,
                    what,
                    "not a valid endpoint URL",
                    "use a form such as https://ssm.eu-west-1.amazonaws.com");
        }
    }

    private SdkHttpClient httpClient() {
        ApacheHttpClient.Builder builder = ApacheHttpClient.builder()
                .connectionTimeout(TO_CONNECT)
                .socketTimeout(AN_ATTEMPT)
                .connectionAcquisitionTimeout(AN_ATTEMPT)
                .maxConnections(CONNECTIONS);
        if (settings.proxy().isPresent()) {
            builder.proxyConfiguration(configurationOf(settings.proxy().get()));
        } else {
            settings.routes().ifPresent(routes -> RoutePlanner.put(routes, builder));
        }
        Profiles.variable("aws.caBundle", CA_BUNDLE)
                .ifPresent(file -> builder.tlsTrustManagersProvider(
                        () -> TrustedCertificates.of("environment variable " + CA_BUNDLE, Path.of(file))));
        return builder.build();
    }

    /** The address that the SDK takes from the environment, for messages. */
    private static Optional<URI> ofEnvironment(String variable) {
        return Stream.of(variable, AwsVariables.ENDPOINTS.get(0))
                .map(System::getenv)
                .filter(text -> text != null && !text.isBlank())
                .findFirst()
                .flatMap(text -> address(text.strip()));
    }

    private static Optional<URI> address(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            // The SDK meets it at the first call.
            return Optional.empty();
        }
    }

    private static ProxyConfiguration configurationOf(HttpProxy proxy) {
        ProxyConfiguration.Builder builder = ProxyConfiguration.builder()
                .useSystemPropertyValues(false)
                .useEnvironmentVariableValues(false)
                .endpoint(URI.create("http://" + proxy.host() + ":" + proxy.port()))
                .nonProxyHosts(proxy.nonProxyExpressions());
        proxy.user().ifPresent(builder::username);
        proxy.password().ifPresent(password -> builder.password(password.reveal()));
        return builder.build();
    }

    private synchronized StsClient sts(Region region, SdkHttpClient http) {
        if (closed) {
            throw closed();
        }
        if (sts.isEmpty()) {
            sts = Optional.of(own(stsClient(region, http)));
        }
        return sts.get();
    }

    private static SecretException closed() {
        return new SecretException(Problem.ABORTED, "AWS client", "it was closed", "run it again");
    }

    /** Without credentials: each request brings those that it is made with. */
    private StsClient stsClient(Region region, SdkHttpClient http) {
        StsClientBuilder builder = withEndpoint(StsClient.builder(), settings.stsEndpoint());
        return builder.region(region)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(http)
                .overrideConfiguration(o -> o.retryStrategy(stsRetries)
                        .apiCallAttemptTimeout(AN_ATTEMPT)
                        .addExecutionInterceptor(new AnswerLimit()))
                .build();
    }

    private <B extends AwsClientBuilder<B, ?>> B withEndpoint(B builder, Optional<URI> endpoint) {
        builder.fipsEnabled(settings.fips() ? true : null).dualstackEnabled(settings.dualStack() ? true : null);
        endpoint.ifPresent(builder::endpointOverride);
        return builder;
    }

    private <T extends AutoCloseable> T own(T closeable) {
        open.push(closeable);
        return closeable;
    }

    /** Closes in the reverse order of making: clients before the HTTP client they use. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                // What cannot be closed was of use to nobody any more; the rest still has to be.
                continue;
            }
        }
    }
}
