package io.jenkins.plugins.awssecrets.demo.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.http.Call;
import io.jenkins.plugins.awssecrets.demo.http.Endpoint;
import io.jenkins.plugins.awssecrets.demo.http.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** AWS JSON 1.1: a POST to {@code /}, the operation in {@code X-Amz-Target}, errors told by {@code __type}. */
public final class AwsJsonEndpoint implements Endpoint {
    private static final List<String> NAMING =
            List.of("Name", "Names", "Path", "ResourceId", "SecretId", "SecretIdList", "ARN");

    private final Service service;
    private final String internalError;
    private final Regions regions;
    private final AccessKeys keys;
    private final ObjectMapper json = new ObjectMapper();

    /** @param internalError the service's own code for a failure of its own */
    public AwsJsonEndpoint(Service service, String internalError, Regions regions, AccessKeys keys) {
        this.service = service;
        this.internalError = internalError;
        this.regions = regions;
        this.keys = keys;
    }

    @Override
    public RecordedRequest describe(Call call) {
        List<String> names = new ArrayList<>();
        try {
            JsonNode body = json.readTree(call.body());
            for (String member : NAMING) {
                JsonNode value = body.path(member);
                if (value.isTextual()) {
                    names.add(value.asText());
                }
                value.forEach(name -> names.add(name.asText()));
            }
        } catch (IOException e) {
            // A body that is no JSON names nothing; answering it tells the client so.
        }
        return new RecordedRequest(service, operation(call), names, keys.details(call));
    }

    private static String operation(Call call) {
        String target = call.header("X-Amz-Target").orElse("");
        return target.substring(target.indexOf('.') + 1);
    }

    @Override
    public Reply answer(Call call) {
        try {
            Map<String, Operation> operations = regions.operations(call);
            Operation operation = operations.get(operation(call));
            if (operation == null) {
                throw AwsError.of("UnknownOperationException", "");
            }
            Identity caller = keys.authenticate(call);
            Input input = new Input(body(call));
            synchronized (operations) {
                return reply(200, operation.run(input, caller));
            }
        } catch (AwsError e) {
            return error(e);
        }
    }

    private ObjectNode body(Call call) {
        try {
            if (json.readTree(call.body()) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            // Told below, without the parser's text: it would quote the body.
        }
        throw AwsError.of("SerializationException", "Start of structure or map found where not expected.");
    }

    @Override
    public Reply error(Fault.ServiceError fault) {
        AwsError usual =
                switch (fault.cause()) {
                    case BAD_REQUEST -> AwsError.of("ValidationException", "Invalid request.");
                    case DENIED -> AwsError.of("AccessDeniedException", "User is not authorized to perform this.");
                    case NOT_FOUND ->
                        service == Service.SSM
                                ? AwsError.of("ParameterNotFound", "")
                                : AwsError.of(
                                        "ResourceNotFoundException",
                                        "Secrets Manager can't find the specified secret.");
                    case THROTTLED -> AwsError.of("ThrottlingException", "Rate exceeded");
                    case INTERNAL -> new AwsError(500, internalError, "An error occurred on the server side.");
                    case UNAVAILABLE -> new AwsError(503, "ServiceUnavailableException", "Service Unavailable");
                };
        return error(usual.spoiled(fault));
    }

    private Reply error(AwsError error) {
        ObjectNode body = Json.object().put("__type", error.code());
        if (!error.getMessage().isEmpty()) {
            // Secrets Manager writes the member with a capital, Systems Manager without; the SDKs read both.
            body.put(service == Service.SSM ? "message" : "Message", error.getMessage());
        }
        return reply(error.status(), body);
    }

    private Reply reply(int status, ObjectNode body) {
        try {
            return Reply.of(status, "application/x-amz-json-1.1", json.writeValueAsBytes(body))
                    .with("x-amzn-RequestId", UUID.randomUUID().toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written as JSON");
        }
    }
}
