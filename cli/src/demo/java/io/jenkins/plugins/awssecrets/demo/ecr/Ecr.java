package io.jenkins.plugins.awssecrets.demo.ecr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.aws.AccessKeys;
import io.jenkins.plugins.awssecrets.demo.aws.AwsJsonEndpoint;
import io.jenkins.plugins.awssecrets.demo.aws.Iam;
import io.jenkins.plugins.awssecrets.demo.aws.Identity;
import io.jenkins.plugins.awssecrets.demo.aws.Json;
import io.jenkins.plugins.awssecrets.demo.aws.Regions;
import io.jenkins.plugins.awssecrets.demo.http.Endpoint;
import io.jenkins.plugins.awssecrets.demo.seed.AwsSeed;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Gives logins to the account's registry ({@code GetAuthorizationToken}); there is no registry behind it. */
public final class Ecr {
    private static final Duration LIFE = Duration.ofHours(12);

    private Ecr() {}

    public static Endpoint endpoint(AwsSeed account, AccessKeys keys, Iam iam, Clock clock) {
        return new AwsJsonEndpoint(
                Service.ECR,
                "ServerException",
                Regions.of(
                        account,
                        List.<String>of(),
                        Optional::of,
                        (place, none) ->
                                Map.of("GetAuthorizationToken", (input, caller) -> login(place, caller, iam, clock))),
                keys);
    }

    private static ObjectNode login(AwsSeed account, Identity caller, Iam iam, Clock clock) {
        iam.require(caller, "ecr:GetAuthorizationToken", "*");
        String pair = "AWS:demo-ecr-" + UUID.randomUUID();
        ObjectNode answer = Json.object();
        answer.putArray("authorizationData")
                .addObject()
                .put("authorizationToken", Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .put("expiresAt", clock.instant().plus(LIFE).getEpochSecond())
                .put(
                        "proxyEndpoint",
                        "https://" + account.account() + ".dkr.ecr." + account.region() + ".amazonaws.com");
        return answer;
    }
}
