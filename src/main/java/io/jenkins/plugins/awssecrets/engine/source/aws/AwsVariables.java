package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.UnusedVariable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Variables of the <a href="https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html">AWS SDKs and
 * tools</a> that the SDK for Java, or a source, does not use. The SDK itself obeys {@code AWS_USE_FIPS_ENDPOINT},
 * {@code AWS_USE_DUALSTACK_ENDPOINT}, {@code AWS_EC2_METADATA_DISABLED} and {@code AWS_METADATA_SERVICE_TIMEOUT}.
 */
public final class AwsVariables {
    private static final String IGNORE_ENDPOINTS = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";

    /** Where the SDK looks for endpoints (AWS SDKs and Tools Reference Guide, service-specific endpoints). */
    static final List<String> ENDPOINTS = List.of(
            "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SSM", "AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL_STS");

    private static final String TIME = "set --timeout for all backends together, and unset it";

    private static final List<UnusedVariable> UNUSED = List.of(
            new UnusedVariable(
                    "AWS_MAX_ATTEMPTS", UnusedVariable.NONE, "requests are tried again until the time limit", TIME),
            new UnusedVariable(
                    "AWS_RETRY_MODE", UnusedVariable.NONE, "requests are tried again until the time limit", TIME),
            new UnusedVariable(
                    "AWS_STS_REGIONAL_ENDPOINTS",
                    Set.of("", "regional"),
                    "AWS STS is called in the source's region",
                    "name the global endpoint as the source's stsEndpoint, or unset it"),
            new UnusedVariable(
                    IGNORE_ENDPOINTS,
                    UnusedVariable.OFF,
                    "an endpoint_url of the profile is called",
                    "remove endpoint_url from the profile, and unset it"));

    private AwsVariables() {}

    /** @param subject the source, as in {@code source ssm} */
    public static List<SourceCheck> unused(Map<String, String> environment, String subject) {
        return UnusedVariable.set(UNUSED, environment, subject);
    }

    /**
     * The SDK for Java calls an endpoint of the environment that another variable says to ignore.
     *
     * @throws SecretException where it would
     */
    static void checkEndpoints(Map<String, String> environment) {
        Optional<String> endpoint = ENDPOINTS.stream()
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .findFirst();
        boolean ignored = !UnusedVariable.OFF.contains(
                environment.getOrDefault(IGNORE_ENDPOINTS, "").strip().toLowerCase(Locale.ROOT));
        if (ignored && endpoint.isPresent()) {
            throw new SecretException(
                    Problem.MALFORMED,
                    "environment variable " + IGNORE_ENDPOINTS,
                    "it is not supported, and " + endpoint.get() + " names an endpoint",
                    "unset one of them");
        }
    }
}
