package io.jenkins.plugins.awssecrets.engine.source.ssm;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Inventory;
import io.jenkins.plugins.awssecrets.engine.source.Inventory.Item;
import io.jenkins.plugins.awssecrets.engine.source.Inventory.Kept;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.Access;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Describes the region's parameters without the source's filter, and asks for the tags of some. */
final class ParameterInspection {
    private static final int A_PAGE = 50;
    private static final int MOST_PAGES = 40;
    /** {@code ListTagsForResource} gives one parameter's tags a call. */
    private static final int MOST_TAG_CALLS = 100;

    private static final String DEFAULT_KEY = "alias/aws/ssm";

    private final String id;
    private final AwsConnection<SsmClient> connection;
    private final ParameterFilters filters;

    ParameterInspection(String id, AwsConnection<SsmClient> connection, SourceFilter filter) {
        this.id = id;
        this.connection = connection;
        this.filters = new ParameterFilters(filter);
    }

    Inventory run(Collection<String> about, Deadline deadline) {
        List<ParameterMetadata> found = new ArrayList<>();
        Map<String, Map<String, String>> tags = new HashMap<>();
        Optional<SecretException> problem = Optional.empty();
        Optional<String> token = Optional.empty();
        try {
            for (int page = 0; page == 0 || page < MOST_PAGES && token.isPresent(); page++) {
                DescribeParametersResponse answer = page(token, deadline);
                found.addAll(answer.parameters());
                token = Optional.ofNullable(answer.nextToken()).filter(t -> !t.isEmpty());
            }
            tags.putAll(tags(found, about, deadline));
        } catch (SecretException e) {
            problem = Optional.of(e);
        }
        Optional<String> region = Optional.of(connection.place().region()).filter(r -> !r.equals("*"));
        List<Item> items = found.stream()
                .map(p -> item(p, tags.getOrDefault(p.name(), Map.of())))
                .toList();
        return new Inventory(items, token.isEmpty(), Map.of(), region, problem);
    }

    private DescribeParametersResponse page(Optional<String> token, Deadline deadline) {
        return connection.one(
                (client, limits) -> client.describeParameters(request -> {
                    request.maxResults(A_PAGE).overrideConfiguration(limits);
                    token.ifPresent(request::nextToken);
                }),
                new Access("ssm:DescribeParameters", "*"),
                deadline);
    }

    /** Those that the filter's prefix lets through come first: that is where credentials are looked for. */
    private Map<String, Map<String, String>> tags(
            List<ParameterMetadata> found, Collection<String> about, Deadline deadline) {
        List<String> names = found.stream()
                .map(ParameterMetadata::name)
                .sorted(Comparator.comparing((String name) -> !about.contains(name))
                        .thenComparing(name -> !filters.letThrough(name)))
                .limit(MOST_TAG_CALLS)
                .toList();
        return new ParameterTags(id, connection).of(names, deadline);
    }

    private Item item(ParameterMetadata parameter, Map<String, String> tags) {
        SecretMetadata metadata = ParameterListing.metadata(id, parameter, tags);
        boolean advanced = parameter.tier() == ParameterTier.ADVANCED;
        boolean secure = parameter.type() == ParameterType.SECURE_STRING;
        Kept kept = secure
                ? (advanced ? Kept.ENCRYPTED_ADVANCED : Kept.ENCRYPTED)
                : (advanced ? Kept.PLAIN_ADVANCED : Kept.PLAIN);
        return new Item(
                metadata,
                Optional.ofNullable(parameter.arn()),
                Optional.empty(),
                Optional.ofNullable(parameter.keyId()).filter(key -> secure && !key.endsWith(DEFAULT_KEY)),
                kept);
    }
}
