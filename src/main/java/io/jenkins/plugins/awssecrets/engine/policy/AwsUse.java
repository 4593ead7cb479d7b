package io.jenkins.plugins.awssecrets.engine.policy;

import io.jenkins.plugins.awssecrets.engine.source.Inventory;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How a configuration uses a source of AWS'.
 *
 * @param names what references name
 * @param discovered names of the credentials that were found by their tags
 * @param discovery whether credentials are looked for by their tags
 * @param inventory what is known of the source's secrets, for keys, account and region
 */
public record AwsUse(
        String id,
        SourceKind kind,
        AwsSettings settings,
        SourceFilter filter,
        Set<String> names,
        Set<String> discovered,
        boolean discovery,
        Inventory inventory) {
    public AwsUse {
        names = Set.copyOf(names);
        discovered = Set.copyOf(discovered);
    }

    /** The names of what is stored. */
    Set<String> stored() {
        return names.stream().filter(name -> !Minting.isName(name)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What is made by this source's login. */
    List<Minting> minted() {
        return names.stream()
                .sorted()
                .flatMap(name -> Minting.of(new Locator(id, name, Optional.empty())).stream())
                .toList();
    }

    String region() {
        return inventory.region().or(settings::region).orElse("*");
    }

    String partition() {
        String region = region();
        return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }

    /** Of the secrets that were listed; else any. */
    String account() {
        return inventory.secrets().stream()
                .flatMap(item -> item.arn().stream())
                .map(arn -> arn.split(":", 6))
                .filter(parts -> parts.length == 6 && parts[4].matches("\\d{12}"))
                .map(parts -> parts[4])
                .findFirst()
                .orElse("*");
    }

    /** @param resource such as {@code parameter/ci/token} */
    String arn(String service, String resource) {
        return "arn:" + partition() + ":" + service + ":" + region() + ":" + account() + ":" + resource;
    }

    Optional<String> prefix() {
        return prefixes().stream().findFirst();
    }

    /** Of the names that are listed; none for all names. */
    List<String> prefixes() {
        return filter.prefixes().stream().allMatch(p -> !p.isBlank()) ? filter.prefixes() : List.of();
    }
}
