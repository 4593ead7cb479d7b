package io.jenkins.plugins.awssecrets.engine.source.ssm;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.aws.Access;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection.Call;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

/** The tags of parameters by {@code ListTagsForResource}, a parameter a call. */
final class ParameterTags {
    private final String id;
    private final AwsConnection<SsmClient> connection;

    ParameterTags(String id, AwsConnection<SsmClient> connection) {
        this.id = id;
        this.connection = connection;
    }

    /** @throws SecretException when all that were asked for are denied, or the source cannot be reached */
    Map<String, Map<String, String>> of(List<String> names, Deadline deadline) {
        List<Call<SsmClient, Map<String, String>>> calls =
                names.stream().map(this::tagsOf).toList();
        List<Answer<Map<String, String>>> answers = connection.all(calls, deadline);
        Map<String, Map<String, String>> tags = new HashMap<>();
        List<SecretException> denied = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            answers.get(i).either(given -> tags.put(name, given), failure -> {
                SecretException why = connection.errors().of(failure, "source " + id, access(name));
                leaveOutOrThrow(why, denied);
                return null;
            });
        }
        if (tags.isEmpty() && !denied.isEmpty()) {
            throw denied.get(0);
        }
        return tags;
    }

    /** A parameter whose tags this caller may not see, or that is gone by now, is none of its credentials. */
    private static void leaveOutOrThrow(SecretException why, List<SecretException> denied) {
        if (why.problem() == Problem.DENIED) {
            denied.add(why);
        } else if (why.problem() != Problem.NOT_FOUND && why.problem() != Problem.MALFORMED) {
            throw why;
        }
    }

    private Access access(String name) {
        return Access.to("ssm:ListTagsForResource", connection.place(), "parameter/" + name.replaceFirst("^/", ""));
    }

    private Call<SsmClient, Map<String, String>> tagsOf(String name) {
        return (client, limits) -> {
            ListTagsForResourceResponse answer =
                    client.listTagsForResource(request -> request.resourceType(ResourceTypeForTagging.PARAMETER)
                            .resourceId(name)
                            .overrideConfiguration(limits));
            if (!answer.hasTagList()) {
                throw connection.errors().incomplete("tags of " + name);
            }
            return answer.tagList().stream().collect(Collectors.toMap(Tag::key, Tag::value, (first, second) -> first));
        };
    }
}
