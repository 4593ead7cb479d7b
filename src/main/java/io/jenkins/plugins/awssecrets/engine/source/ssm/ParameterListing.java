package io.jenkins.plugins.awssecrets.engine.source.ssm;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.Access;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;

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
    private final ParameterTags tags;

    ParameterListing(String id, AwsConnection<SsmClient> connection, SourceFilter filter) {
        this.id = id;
        this.connection = connection;
        this.filters = new ParameterFilters(filter);
        this.tags = new ParameterTags(id, connection);
    }

    List<SecretMetadata> list(Deadline deadline) {
        List<ParameterMetadata> all = describe(filters.all(), deadline);
        List<ParameterMetadata> tagged = all.isEmpty() ? List.of() : describe(filters.having(TYPE_TAG), deadline);
        Map<String, Map<String, String>> tagsByName = tags.of(names(tagged), deadline);
        return all.stream()
                .filter(parameter -> filters.letThrough(parameter.name()))
                .map(parameter -> metadata(id, parameter, tagsByName.getOrDefault(parameter.name(), Map.of())))
                .toList();
    }

    List<String> below(String path, Deadline deadline) {
        return describe(List.of(ParameterFilters.ofPath(path)), deadline).stream()
                .map(ParameterMetadata::name)
                .filter(name -> name.startsWith(path + "/"))
                .sorted()
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
            if (!page.hasParameters()) {
                throw connection.errors().incomplete("source " + id);
            }
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

    static SecretMetadata metadata(String id, ParameterMetadata parameter, Map<String, String> tags) {
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
