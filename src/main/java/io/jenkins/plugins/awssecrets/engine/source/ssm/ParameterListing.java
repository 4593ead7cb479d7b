package io.jenkins.plugins.awssecrets.engine.source.ssm;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.Access;
import io.jenkins.plugins.awssecrets.engine.source.aws.Answer;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

/**
 * Lists parameters by {@code DescribeParameters}, 50 a call, and asks for the tags of those alone that have the tag
 * {@link #TYPE_TAG}: {@code ListTagsForResource} gives one parameter's tags a call.
 *
 * @see <a href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html">DescribeParameters</a>
 */
final class ParameterListing {
    /** Marks a parameter as a credential; without it tags serve nobody here. */
    private static final String TYPE_TAG = "jenkins:credentials:type";

    private static final int A_PAGE = 50;

    private final String id;
    private final AwsConnection<SsmClient> connection;
    private final ParameterFilters filters;

    ParameterListing(String id, AwsConnection<SsmClient> connection, SourceFilter filter) {
        this.id = id;
        this.connection = connection;
        this.filters = new ParameterFilters(filter);
    }

    List<SecretMetadata> list(Deadline deadline) {
        List<ParameterMetadata> all = describe(filters.all(), deadline);
        List<ParameterMetadata> tagged = all.isEmpty() ? List.of() : describe(filters.having(TYPE_TAG), deadline);
        Map<String, Map<String, String>> tags = tags(names(tagged), deadline);
        return all.stream()
                .filter(parameter -> filters.letThrough(parameter.name()))
                .map(parameter -> metadata(parameter, tags.getOrDefault(parameter.name(), Map.of())))
                .toList();
    }

    private List<String> names(List<ParameterMetadata> parameters) {
        return parameters.stream()
                .map(ParameterMetadata::name)
                .filter(filters::letThrough)
                .distinct()
                .toList();
    }

    private List<ParameterMetadata> describe(List<ParameterStringFilter> wanted, Deadline deadline) {
        List<ParameterMetadata> found = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            DescribeParametersResponse page = connection.one(page(wanted, token), access(), deadline);
            found.addAll(page.parameters());
            token = Optional.ofNullable(page.nextToken()).filter(t -> !t.isEmpty());
        } while (token.isPresent());
        return found;
    }

    private Access access() {
        return new Access("ssm:DescribeParameters", "*");
    }

    private static Call<SsmClient, DescribeParametersResponse> page(
            List<ParameterStringFilter> wanted, Optional<String> token) {
        return (client, limits) -> client.describeParameters(request -> {
            request.parameterFilters(wanted).maxResults(A_PAGE).overrideConfiguration(limits);
            token.ifPresent(request::nextToken);
        });
    }

    private Map<String, Map<String, String>> tags(List<String> names, Deadline deadline) {
        List<Call<SsmClient, Map<String, String>>> calls =
                names.stream().map(ParameterListing::tagsOf).toList();
        List<Answer<Map<String, String>>> answers = connection.all(calls, deadline);
        Map<String, Map<String, String>> tags = new HashMap<>();
        List<SecretException> denied = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            answers.get(i).either(given -> tags.put(name, given), failure -> {
                SecretException why = connection.errors().of(failure, "source " + id, tagAccess(name));
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

    private Access tagAccess(String name) {
        return Access.to("ssm:ListTagsForResource", connection.place(), "parameter/" + name.replaceFirst("^/", ""));
    }

    private static Call<SsmClient, Map<String, String>> tagsOf(String name) {
        return (client, limits) -> client
                .listTagsForResource(request -> request.resourceType(ResourceTypeForTagging.PARAMETER)
                        .resourceId(name)
                        .overrideConfiguration(limits))
                .tagList()
                .stream()
                .collect(Collectors.toMap(Tag::key, Tag::value, (first, second) -> first));
    }

    private SecretMetadata metadata(ParameterMetadata parameter, Map<String, String> tags) {
        return new SecretMetadata(
                id,
                parameter.name(),
                Optional.ofNullable(parameter.description()).orElse(""),
                tags,
                Optional.ofNullable(parameter.version()).map(String::valueOf),
                Optional.ofNullable(parameter.lastModifiedDate()),
                Optional.empty());
    }
}
