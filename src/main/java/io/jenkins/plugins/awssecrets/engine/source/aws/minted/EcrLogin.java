package io.jenkins.plugins.awssecrets.engine.source.aws.minted;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.aws.Access;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;

/** A login to a private registry of ECR, which lasts 12 hours, or as long as the keys that asked for it. */
final class EcrLogin {
    private static final Pattern REGISTRY =
            Pattern.compile("\\d{12}\\.dkr[.-]ecr(?:-fips)?\\.([a-z0-9-]+)\\.(?:amazonaws\\.com(?:\\.cn)?|on\\.aws)");

    private EcrLogin() {}

    static ObjectNode of(String source, AwsSettings settings, Minting minting, Deadline deadline) {
        try {
            return login(source, settings, minting, deadline);
        } catch (NoClassDefFoundError e) {
            throw new SecretException(
                    Problem.MALFORMED,
                    "source " + source,
                    "logging in to ECR needs a part of the AWS SDK that is not installed",
                    "install the plugin 'AWS SDK 2 :: ECR'");
        }
    }

    private static ObjectNode login(String source, AwsSettings settings, Minting minting, Deadline deadline) {
        String registry = minting.required("registry");
        Matcher named = REGISTRY.matcher(registry);
        AwsSettings inRegion = named.matches() ? settings.withRegion(named.group(1)) : settings;
        Optional<URI> endpoint = minting.setting("endpoint").map(URI::create);
        try (AwsConnection<EcrClient> connection = AwsConnection.to(
                "source " + source, "ECR", inRegion.withServiceEndpoint(endpoint), EcrClient::builder)) {
            List<AuthorizationData> given = connection
                    .one(
                            (client, limits) ->
                                    client.getAuthorizationToken(request -> request.overrideConfiguration(limits)),
                            new Access("ecr:GetAuthorizationToken", "*"),
                            deadline)
                    .authorizationData();
            return given.stream()
                    .findFirst()
                    .map(AuthorizationData::authorizationToken)
                    .map(token -> new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8))
                    .filter(pair -> pair.indexOf(':') > 0)
                    .map(pair -> login(registry, pair))
                    .orElseThrow(() -> connection.errors().incomplete("source " + source));
        }
    }

    private static ObjectNode login(String registry, String pair) {
        int colon = pair.indexOf(':');
        ObjectNode made = JsonTree.object();
        made.put("registry", registry);
        made.put("username", pair.substring(0, colon));
        made.put("password", pair.substring(colon + 1));
        return made;
    }
}
