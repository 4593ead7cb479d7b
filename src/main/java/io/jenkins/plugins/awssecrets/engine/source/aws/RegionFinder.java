package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.InstanceProfileRegionProvider;

/**
 * Finds the region of a source: the configured one; the one in the endpoint's host name; system property
 * {@code aws.region}; environment {@code AWS_REGION}, or as AWS' command line has it {@code AWS_DEFAULT_REGION}; the
 * login's profile; the instance's. With an endpoint of another
 * host name {@code us-east-1} comes in place of the instance's, because there the region serves only to sign.
 *
 * <p>The instance's region is asked for over the network, so this is no work for a constructor.
 */
final class RegionFinder {
    private static final Region FOR_SIGNING = Region.US_EAST_1;

    /** Public and VPC endpoints: {@code ssm.eu-west-1.amazonaws.com}, {@code vpce-1-2.ssm.eu-west-1.vpce.amazonaws.com}. */
    private static final Pattern AWS_HOST =
            Pattern.compile("(?:.*\\.)?(?:ssm|secretsmanager|sts)(?:-fips)?\\.([a-z]{2}(?:-[a-z]+)+-\\d{1,2})\\..+");

    /** Wider than AWS' own names: emulators have some of their own, and a host name is made of it. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    /** An availability zone, which people take for its region: {@code eu-west-1a}. */
    private static final Pattern ZONE = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d[a-z]");

    private final AwsSettings settings;

    RegionFinder(AwsSettings settings) {
        this.settings = settings;
    }

    /** @throws SecretException with {@link Problem#MALFORMED} when there is none */
    Region find() {
        return configured()
                .or(this::ofProfile)
                .map(RegionFinder::named)
                .or(() -> settings.endpoint().map(any -> FOR_SIGNING))
                .or(RegionFinder::ofInstance)
                .orElseThrow(() -> new SecretException(
                        Problem.MALFORMED,
                        "region",
                        "none is configured, and none was found in AWS_REGION, AWS_DEFAULT_REGION, the profile or"
                                + " the instance metadata",
                        "set the source's region, such as eu-west-1"));
    }

    private Optional<String> configured() {
        return Stream.<Supplier<Optional<String>>>of(
                        settings::region,
                        () -> settings.endpoint().flatMap(RegionFinder::inHost),
                        () -> Optional.ofNullable(System.getProperty("aws.region")),
                        () -> Optional.ofNullable(System.getenv("AWS_REGION")),
                        () -> Optional.ofNullable(System.getenv("AWS_DEFAULT_REGION")))
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches() && !ZONE.matcher(name).matches();
    }

    private static Region named(String name) {
        if (!isName(name)) {
            throw new SecretException(
                    Problem.MALFORMED, "region", "not a valid region", "use a form such as eu-west-1");
        }
        return Region.of(name);
    }

    private static Optional<String> inHost(URI endpoint) {
        Matcher host = AWS_HOST.matcher(Optional.ofNullable(endpoint.getHost()).orElse(""));
        return host.matches() ? Optional.of(host.group(1)) : Optional.empty();
    }

    private Optional<String> ofProfile() {
        String name = settings.login() instanceof AwsLogin.Profile profile ? profile.name() : Profiles.current();
        return Profiles.profile(name).flatMap(found -> found.property("region"));
    }

    private static Optional<Region> ofInstance() {
        try {
            return Optional.ofNullable(new InstanceProfileRegionProvider().getRegion());
        } catch (SdkClientException e) {
            return Optional.empty();
        }
    }
}
