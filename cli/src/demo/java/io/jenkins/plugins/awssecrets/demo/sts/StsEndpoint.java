package io.jenkins.plugins.awssecrets.demo.sts;

import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.aws.AccessKeys;
import io.jenkins.plugins.awssecrets.demo.aws.AwsError;
import io.jenkins.plugins.awssecrets.demo.http.Call;
import io.jenkins.plugins.awssecrets.demo.http.Endpoint;
import io.jenkins.plugins.awssecrets.demo.http.Reply;
import io.jenkins.plugins.awssecrets.demo.seed.AwsSeed;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** STS as its API reference describes it, version 2011-06-15: forms in, XML out. */
public final class StsEndpoint implements Endpoint {
    private final AccessKeys keys;
    private final Roles roles;

    public StsEndpoint(AwsSeed account, AccessKeys keys, Clock clock) {
        this.keys = keys;
        this.roles = new Roles(account, keys, clock);
    }

    @Override
    public RecordedRequest describe(Call call) {
        Map<String, String> form = call.form();
        Map<String, String> details = new LinkedHashMap<>(keys.details(call));
        for (String name : List.of("RoleSessionName", "ExternalId", "DurationSeconds", "Policy")) {
            Optional.ofNullable(form.get(name)).ifPresent(value -> details.put(name, value));
        }
        for (int i = 1; form.containsKey("Tags.member." + i + ".Key"); i++) {
            details.put(form.get("Tags.member." + i + ".Key"), form.get("Tags.member." + i + ".Value"));
        }
        return new RecordedRequest(
                Service.STS,
                form.getOrDefault("Action", ""),
                form.containsKey("RoleArn") ? List.of(form.get("RoleArn")) : List.of(),
                details);
    }

    @Override
    public Reply answer(Call call) {
        Map<String, String> form = call.form();
        String action = form.getOrDefault("Action", "");
        try {
            Xml result =
                    switch (action) {
                        case "GetCallerIdentity" -> roles.callerIdentity(keys.authenticate(call));
                        case "AssumeRole" -> roles.assume(form, keys.authenticate(call));
                        case "AssumeRoleWithWebIdentity" -> roles.assumeWithWebIdentity(form);
                        default ->
                            throw new AwsError(
                                    400,
                                    "InvalidAction",
                                    "Could not find operation " + action + " for version 2011-06-15");
                    };
            return xml(
                    200,
                    new Xml(action + "Response")
                            .add(result)
                            .add(new Xml("ResponseMetadata").text("RequestId", requestId())));
        } catch (AwsError e) {
            return error(e);
        }
    }

    @Override
    public Reply error(Fault.ServiceError fault) {
        AwsError usual =
                switch (fault.cause()) {
                    case BAD_REQUEST -> new AwsError(400, "ValidationError", "Invalid request.");
                    case DENIED -> new AwsError(403, "AccessDenied", "Access denied");
                    case NOT_FOUND -> new AwsError(404, "NoSuchEntity", "Not found");
                    case THROTTLED -> new AwsError(400, "Throttling", "Rate exceeded");
                    case INTERNAL -> new AwsError(500, "InternalFailure", "Internal failure");
                    case UNAVAILABLE -> new AwsError(503, "ServiceUnavailable", "Service unavailable");
                };
        return error(usual.spoiled(fault));
    }

    /** The codes that the JSON services have for the same thing are other ones here, with status 403. */
    private static Reply error(AwsError e) {
        AwsError told =
                switch (e.code()) {
                    case "UnrecognizedClientException" -> new AwsError(403, "InvalidClientTokenId", e.getMessage());
                    case "InvalidSignatureException" -> new AwsError(403, "SignatureDoesNotMatch", e.getMessage());
                    case "ExpiredTokenException" -> new AwsError(403, "ExpiredToken", e.getMessage());
                    case "MissingAuthenticationTokenException" ->
                        new AwsError(403, "MissingAuthenticationToken", e.getMessage());
                    default -> e;
                };
        return xml(
                told.status(),
                new Xml("ErrorResponse")
                        .add(new Xml("Error")
                                .text("Type", told.status() < 500 ? "Sender" : "Receiver")
                                .text("Code", told.code())
                                .text("Message", told.getMessage()))
                        .text("RequestId", requestId()));
    }

    private static String requestId() {
        return UUID.randomUUID().toString();
    }

    private static Reply xml(int status, Xml root) {
        return Reply.of(status, "text/xml", root.document("https://sts.amazonaws.com/doc/2011-06-15/"));
    }
}
