package io.jenkins.plugins.awssecrets.demo.ssm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.demo.aws.AwsError;
import io.jenkins.plugins.awssecrets.demo.aws.Iam;
import io.jenkins.plugins.awssecrets.demo.aws.Identity;
import io.jenkins.plugins.awssecrets.demo.aws.Input;
import io.jenkins.plugins.awssecrets.demo.aws.Json;
import io.jenkins.plugins.awssecrets.demo.aws.Page;
import java.util.List;

/** The operations that tell of parameters and give no value. */
final class ListParameters {
    private static final int PARAMETERS_A_PAGE = 50;

    private final ParameterStore store;
    private final Iam iam;

    ListParameters(ParameterStore store, Iam iam) {
        this.store = store;
        this.iam = iam;
    }

    ObjectNode describeParameters(Input input, Identity caller) {
        iam.require(caller, "ssm:DescribeParameters", store.anyArn());
        ParameterFilters filters = ParameterFilters.of(input);
        List<Parameter> all = store.all().stream().filter(filters::letThrough).toList();
        int size = input.number("MaxResults", PARAMETERS_A_PAGE, 1, PARAMETERS_A_PAGE);
        Page<Parameter> page = Page.of(all, input.text("NextToken"), size, "InvalidNextToken");
        ObjectNode answer = Json.object();
        ArrayNode parameters = answer.putArray("Parameters");
        page.items().forEach(p -> describe(parameters.addObject(), p));
        page.next().ifPresent(token -> answer.put("NextToken", token));
        return answer;
    }

    private void describe(ObjectNode node, Parameter parameter) {
        Parameter.Version version = parameter.newest();
        node.put("ARN", store.arn(parameter.name))
                .put("DataType", "text")
                .put("LastModifiedDate", Json.seconds(version.changed()))
                .put("Name", parameter.name)
                .put("Tier", parameter.tier)
                .put("Type", parameter.type)
                .put("Version", version.number())
                .putArray("Policies");
        if (!parameter.description.isEmpty()) {
            node.put("Description", parameter.description);
        }
        if (parameter.isSecure()) {
            node.put("KeyId", parameter.key);
        }
    }

    ObjectNode listTags(Input input, Identity caller) {
        if (!input.required("ResourceType").equals("Parameter")) {
            throw AwsError.of("InvalidResourceType", "The resource type isn't valid.");
        }
        String name = input.required("ResourceId");
        iam.require(caller, "ssm:ListTagsForResource", store.arn(name));
        Parameter parameter = store.find(name)
                .orElseThrow(() -> AwsError.of(
                        "InvalidResourceId", "The resource ID isn't valid. Verify that you entered the correct ID."));
        ObjectNode answer = Json.object();
        Json.tags(answer.putArray("TagList"), parameter.tags);
        return answer;
    }
}
