package io.jenkins.plugins.awssecrets.demo.aws;

import io.jenkins.plugins.awssecrets.demo.http.Call;
import io.jenkins.plugins.awssecrets.demo.seed.AwsSeed;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The access keys that are known. With none seeded, any key is accepted as a user who may do everything; the keys that
 * STS gave out are known besides. The signature is checked wherever the secret access key is known.
 */
public final class AccessKeys {
    private final AwsSeed seed;
    private final Clock clock;
    private final Map<String, Identity> known = new ConcurrentHashMap<>();

    public AccessKeys(AwsSeed seed, Clock clock) {
        this.seed = seed;
        this.clock = clock;
        for (AwsSeed.AccessKey key : seed.accessKeys()) {
            known.put(key.id(), user(key));
        }
    }

    private Identity user(AwsSeed.AccessKey key) {
        return new Identity(
                key.id(),
                "arn:aws:iam::" + seed.account() + ":user/" + key.user(),
                "AIDA" + key.user().toUpperCase(Locale.ROOT),
                key.secret(),
                key.sessionToken(),
                key.expired() ? Optional.of(clock.instant().minusSeconds(1)) : Optional.empty(),
                key.policies(),
                Map.of(),
                Optional.empty());
    }

    /** What is harmless of how a request was signed and sent. */
    public Map<String, String> details(Call call) {
        Map<String, String> details = new LinkedHashMap<>();
        SignatureV4.header(call).flatMap(SignatureV4::parse).ifPresent(s -> {
            details.put("accessKeyId", s.accessKeyId());
            details.put("region", s.region());
            Optional.ofNullable(known.get(s.accessKeyId())).ifPresent(who -> details.put("caller", who.arn()));
        });
        call.header("User-Agent").ifPresent(agent -> details.put("User-Agent", agent));
        return details;
    }

    /** @throws AwsError when the request is not signed, or not by a key that is known and still good */
    public Identity authenticate(Call call) {
        String header = SignatureV4.header(call)
                .orElseThrow(() ->
                        AwsError.of("MissingAuthenticationTokenException", "Request is missing Authentication Token"));
        SignatureV4 signature = SignatureV4.parse(header)
                .orElseThrow(() -> AwsError.of(
                        "IncompleteSignatureException", "Authorization header requires 'Credential' parameter."));
        Identity identity = known.get(signature.accessKeyId());
        if (identity == null) {
            return anybody(signature.accessKeyId());
        }
        if (identity.secret().isPresent()
                && !signature.isOf(call, identity.secret().get())) {
            throw AwsError.of(
                    "InvalidSignatureException",
                    "The request signature we calculated does not match the signature you provided. Check your AWS"
                            + " Secret Access Key and signing method. Consult the service documentation for details.");
        }
        if (!identity.sessionToken().equals(call.header("X-Amz-Security-Token"))) {
            throw unrecognized();
        }
        if (identity.expires().filter(end -> !clock.instant().isBefore(end)).isPresent()) {
            throw AwsError.of("ExpiredTokenException", "The security token included in the request is expired");
        }
        return identity;
    }

    private Identity anybody(String accessKeyId) {
        if (!seed.accessKeys().isEmpty() || accessKeyId.startsWith("ASIADEMO")) {
            throw unrecognized();
        }
        return new Identity(
                accessKeyId,
                "arn:aws:iam::" + seed.account() + ":user/demo",
                "AIDADEMO",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    private static AwsError unrecognized() {
        return AwsError.of("UnrecognizedClientException", "The security token included in the request is invalid.");
    }

    /** Temporary credentials for a role's session. */
    public Identity issue(
            String arn,
            String userId,
            Duration duration,
            Optional<List<String>> policies,
            Map<String, String> tags,
            Optional<List<AwsSeed.Statement>> sessionPolicy) {
        String random = UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
        Identity session = new Identity(
                "ASIADEMO" + random.substring(0, 12),
                arn,
                userId,
                Optional.of("demo/" + UUID.randomUUID()),
                Optional.of("demo-session-" + UUID.randomUUID()),
                Optional.of(clock.instant().plus(duration)),
                policies,
                tags,
                sessionPolicy);
        known.put(session.accessKeyId(), session);
        return session;
    }
}
