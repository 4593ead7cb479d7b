package io.jenkins.plugins.awssecrets.demo.ssm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.demo.aws.AwsError;
import io.jenkins.plugins.awssecrets.demo.aws.Iam;
import io.jenkins.plugins.awssecrets.demo.aws.Identity;
import io.jenkins.plugins.awssecrets.demo.aws.Input;
import io.jenkins.plugins.awssecrets.demo.aws.Json;
import java.util.Optional;

/** The operations that change parameters, so that a test rotates a value as an administrator would. */
final class WriteParameters {
    private final ParameterStore store;
    private final Iam iam;

    WriteParameters(ParameterStore store, Iam iam) {
        this.store = store;
        this.iam = iam;
    }

    ObjectNode putParameter(Input input, Identity caller) {
        String name = input.required("Name");
        iam.require(caller, "ssm:PutParameter", store.arn(name));
        Optional<Parameter> before = store.find(name);
        if (before.isPresent() && !input.flag("Overwrite")) {
            throw AwsError.of(
                    "ParameterAlreadyExists",
                    "The parameter already exists. To overwrite this value, set the overwrite option in the request to"
                            + " true.");
        }
        Parameter parameter = before.orElseGet(() -> new Parameter(
                name,
                input.text("Type").orElse("String"),
                "",
                input.text("KeyId").orElse("alias/aws/ssm")));
        input.text("Description").ifPresent(text -> parameter.description = text);
        parameter.tags.putAll(input.tags("Tags"));
        Parameter.Version version = parameter.add(input.required("Value"), store.now());
        store.put(parameter);
        return Json.object().put("Tier", "Standard").put("Version", version.number());
    }

    ObjectNode labelVersion(Input input, Identity caller) {
        String name = input.required("Name");
        iam.require(caller, "ssm:LabelParameterVersion", store.arn(name));
        Parameter parameter = existing(name);
        int number = input.number("ParameterVersion", parameter.versions.size(), 1, Integer.MAX_VALUE);
        Parameter.Version version = parameter
                .version(Integer.toString(number))
                .orElseThrow(() -> AwsError.of(
                        "ParameterVersionNotFound",
                        "Systems Manager could not find version " + number + " of " + name
                                + ". Verify the version and try again."));
        for (String label : input.texts("Labels")) {
            parameter.versions.forEach(v -> v.labels().remove(label));
            version.labels().add(label);
        }
        ObjectNode answer = Json.object().put("ParameterVersion", version.number());
        answer.putArray("InvalidLabels");
        return answer;
    }

    ObjectNode addTags(Input input, Identity caller) {
        String name = input.required("ResourceId");
        iam.require(caller, "ssm:AddTagsToResource", store.arn(name));
        existing(name).tags.putAll(input.tags("Tags"));
        return Json.object();
    }

    ObjectNode removeTags(Input input, Identity caller) {
        String name = input.required("ResourceId");
        iam.require(caller, "ssm:RemoveTagsFromResource", store.arn(name));
        existing(name).tags.keySet().removeAll(input.texts("TagKeys"));
        return Json.object();
    }

    ObjectNode deleteParameter(Input input, Identity caller) {
        String name = input.required("Name");
        iam.require(caller, "ssm:DeleteParameter", store.arn(name));
        existing(name);
        store.remove(name);
        return Json.object();
    }

    ObjectNode deleteParameters(Input input, Identity caller) {
        ObjectNode answer = Json.object();
        ArrayNode deleted = answer.putArray("DeletedParameters");
        ArrayNode invalid = answer.putArray("InvalidParameters");
        for (String name : input.batch("Names", 10)) {
            iam.require(caller, "ssm:DeleteParameters", store.arn(name));
            (store.remove(name) ? deleted : invalid).add(name);
        }
        return answer;
    }

    private Parameter existing(String name) {
        return store.find(name).orElseThrow(() -> AwsError.of("ParameterNotFound", ""));
    }
}
