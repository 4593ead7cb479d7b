package io.jenkins.plugins.awssecrets.demo.ssm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.demo.aws.AwsError;
import io.jenkins.plugins.awssecrets.demo.aws.Iam;
import io.jenkins.plugins.awssecrets.demo.aws.Identity;
import io.jenkins.plugins.awssecrets.demo.aws.Input;
import io.jenkins.plugins.awssecrets.demo.aws.Json;
import io.jenkins.plugins.awssecrets.demo.aws.KeyState;
import io.jenkins.plugins.awssecrets.demo.aws.Page;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The operations that give values. */
final class ReadParameters {
    private static final int NAMES_A_CALL = 10;
    private static final int PARAMETERS_A_PAGE = 10;

    private final ParameterStore store;
    private final Iam iam;

    ReadParameters(ParameterStore store, Iam iam) {
        this.store = store;
        this.iam = iam;
    }

    ObjectNode getParameter(Input input, Identity caller) {
        Selector selector = Selector.parse(input.required("Name"));
        String name = store.name(selector.name());
        iam.require(caller, "ssm:GetParameter", store.arn(name));
        Parameter parameter = store.find(name).orElseThrow(() -> AwsError.of("ParameterNotFound", ""));
        Parameter.Version version = version(parameter, selector)
                .orElseThrow(() -> AwsError.of(
                        "ParameterVersionNotFound",
                        "Systems Manager could not find version "
                                + selector.version().orElse("") + " of " + name
                                + ". Verify the version and try again."));
        ObjectNode answer = Json.object();
        write(answer.putObject("Parameter"), parameter, version, input.flag("WithDecryption"), caller);
        selector.version().ifPresent(v -> ((ObjectNode) answer.get("Parameter")).put("Selector", ":" + v));
        return answer;
    }

    ObjectNode getParameters(Input input, Identity caller) {
        List<String> names = input.batch("Names", NAMES_A_CALL);
        for (String name : names) {
            iam.require(
                    caller,
                    "ssm:GetParameters",
                    store.arn(store.name(Selector.parse(name).name())));
        }
        ObjectNode answer = Json.object();
        ArrayNode found = answer.putArray("Parameters");
        ArrayNode invalid = answer.putArray("InvalidParameters");
        for (String name : names) {
            Selector selector = Selector.parse(name);
            Optional<Parameter> parameter = store.find(store.name(selector.name()));
            Optional<Parameter.Version> version = parameter.flatMap(p -> version(p, selector));
            if (version.isEmpty()) {
                invalid.add(name);
                continue;
            }
            ObjectNode node = found.addObject();
            write(node, parameter.get(), version.get(), input.flag("WithDecryption"), caller);
            selector.version().ifPresent(v -> node.put("Selector", ":" + v));
        }
        return answer;
    }

    ObjectNode getParametersByPath(Input input, Identity caller) {
        String path = input.required("Path");
        iam.require(caller, "ssm:GetParametersByPath", store.arn(path));
        if (!path.startsWith("/")) {
            throw AwsError.of(
                    "ValidationException",
                    "The parameter doesn't meet the parameter name requirements. The parameter name must begin with"
                            + " a forward slash \"/\".");
        }
        ParameterFilters filters = ParameterFilters.of(input);
        List<Parameter> below = store.all().stream()
                .filter(p -> ParameterFilters.isBelow(p.name, path, input.flag("Recursive")))
                .filter(filters::letThrough)
                .toList();
        int size = input.number("MaxResults", PARAMETERS_A_PAGE, 1, PARAMETERS_A_PAGE);
        Page<Parameter> page = Page.of(below, input.text("NextToken"), size, "InvalidNextToken");
        ObjectNode answer = Json.object();
        ArrayNode found = answer.putArray("Parameters");
        page.items()
                .forEach(p -> write(
                        found.addObject(),
                        p,
                        filters.label().flatMap(p::version).orElse(p.newest()),
                        input.flag("WithDecryption"),
                        caller));
        page.next().ifPresent(token -> answer.put("NextToken", token));
        return answer;
    }

    private static Optional<Parameter.Version> version(Parameter parameter, Selector selector) {
        return selector.version().map(parameter::version).orElse(Optional.of(parameter.newest()));
    }

    private void write(
            ObjectNode node, Parameter parameter, Parameter.Version version, boolean decrypt, Identity caller) {
        if (parameter.isSecure() && decrypt) {
            requireKey(parameter, caller);
        }
        node.put("ARN", store.arn(parameter.name))
                .put("DataType", "text")
                .put("LastModifiedDate", Json.seconds(version.changed()))
                .put("Name", parameter.name)
                .put("Type", parameter.type)
                .put("Value", parameter.isSecure() && !decrypt ? ciphertext(version) : version.value())
                .put("Version", version.number());
    }

    private void requireKey(Parameter parameter, Identity caller) {
        if (parameter.kmsDenied) {
            throw AwsError.of(
                    "AccessDeniedException",
                    "The ciphertext refers to a customer master key that does not exist, does not exist in this"
                            + " region, or you are not allowed to access.");
        }
        if (parameter.keyState.isPresent()) {
            throw KeyState.error(store.keyArn(parameter.key), parameter.keyState.get());
        }
        // The key policy of the account's own key lets every principal of the account use it through the service.
        if (!parameter.key.equals("alias/aws/ssm")) {
            iam.require(caller, "kms:Decrypt", store.keyArn(parameter.key));
        }
    }

    /** Looks like KMS' ciphertext and holds nothing of the value. */
    private static String ciphertext(Parameter.Version version) {
        byte[] text = ("demo ciphertext of version " + version.number()).getBytes(StandardCharsets.US_ASCII);
        return "AQICAHh" + Base64.getEncoder().encodeToString(text);
    }
}
