package io.jenkins.plugins.awssecrets.engine.source.secretsmanager;

import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SortOrderType;

/** What was listed so far of the secrets sorted by name, from the first or from the last one on. */
final class ListedEnd {
    private final SortOrderType order;
    private final Function<ListSecretsResponse, List<SecretMetadata>> reader;
    private final List<CompletableFuture<List<SecretMetadata>>> read = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private List<String> latest = List.of();
    private Optional<String> token = Optional.empty();

    /** @param reader makes metadata of a page, on another thread, while the next page is fetched */
    ListedEnd(SortOrderType order, Function<ListSecretsResponse, List<SecretMetadata>> reader) {
        this.order = order;
        this.reader = reader;
    }

    SortOrderType order() {
        return order;
    }

    /** Of the next page; empty for the first. */
    Optional<String> token() {
        return token;
    }

    /** Whether there are pages that were not listed from this end. */
    boolean goesOn() {
        return read.isEmpty() || token.isPresent();
    }

    int pages() {
        return read.size();
    }

    void add(ListSecretsResponse page) {
        latest = page.secretList().stream().map(SecretListEntry::name).toList();
        names.addAll(latest);
        known.addAll(latest);
        token = Optional.ofNullable(page.nextToken()).filter(text -> !text.isEmpty());
        read.add(CompletableFuture.supplyAsync(() -> reader.apply(page)));
    }

    /** In the order of their names, as far as the service sorts them. */
    List<SecretMetadata> secrets() {
        List<SecretMetadata> secrets = new ArrayList<>();
        read.forEach(page -> secrets.addAll(page.join()));
        if (order == SortOrderType.DESC) {
            Collections.reverse(secrets);
        }
        return secrets;
    }

    /** Whether the latest page of one end has a secret that the other end had too. */
    boolean overlaps(ListedEnd other) {
        return !Collections.disjoint(known, other.latest) || !Collections.disjoint(other.known, latest);
    }

    /**
     * Whether nothing is left between what was listed from both ends: what both know are the latest of each, the other
     * way round. Else the service sorts otherwise, or the list changed meanwhile.
     */
    boolean meets(ListedEnd other) {
        Set<String> both = new HashSet<>(known);
        both.retainAll(other.known);
        List<String> theirs = new ArrayList<>(other.latest(both.size()));
        Collections.reverse(theirs);
        return !both.isEmpty() && latest(both.size()).equals(theirs);
    }

    private List<String> latest(int number) {
        return names.subList(names.size() - number, names.size());
    }
}
