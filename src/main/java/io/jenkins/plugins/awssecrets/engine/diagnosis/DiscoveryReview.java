package io.jenkins.plugins.awssecrets.engine.diagnosis;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.Discovery;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialTags;
import io.jenkins.plugins.awssecrets.engine.source.Inventory;
import io.jenkins.plugins.awssecrets.engine.source.Inventory.Item;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One source's credentials by tags: those that are there, and those that should be and are not. */
final class DiscoveryReview {
    /** Somebody else's secrets may be many; the first ones tell what is wrong. */
    private static final int MOST_TOLD = 50;

    private final String source;
    private final SourceFilter filter;
    private final Discovery discovery;
    private final FilterReview filterReview;

    private final Map<String, CredentialDefinition> credentials = new LinkedHashMap<>();
    private final Map<String, List<Finding>> secrets = new LinkedHashMap<>();
    private final List<Finding> ofSource = new ArrayList<>();

    DiscoveryReview(String source, SourceKind kind, SourceFilter filter) {
        this.source = source;
        this.filter = filter;
        this.discovery = new Discovery(kind, filter);
        this.filterReview = new FilterReview(source, kind, filter);
    }

    /**
     * Reviews what a source told.
     *
     * @param listed what the filter lets through
     */
    void review(List<SecretMetadata> listed, Inventory inventory) {
        filterReview.ofItself().ifPresent(ofSource::add);
        Map<String, SecretMetadata> all = new LinkedHashMap<>();
        inventory.secrets().stream()
                .filter(item -> item.deleted().isEmpty())
                .forEach(item -> all.put(item.name(), item.metadata()));
        Set<String> names =
                listed.stream().map(SecretMetadata::name).collect(Collectors.toCollection(LinkedHashSet::new));
        listed.forEach(secret -> credential(all.getOrDefault(secret.name(), secret), secret));
        List<SecretMetadata> leftOut = new ArrayList<>();
        for (SecretMetadata secret : all.values()) {
            if (!names.contains(secret.name()) && secret.tags().containsKey(CredentialTags.TYPE)) {
                leftOut.add(secret);
                note(secret.name(), filterReview.filteredOut(secret));
            }
        }
        filterReview.tooNarrow(leftOut, credentials.size()).ifPresent(ofSource::add);
        inventory.secrets().stream().filter(item -> item.deleted().isPresent()).forEach(this::ending);
    }

    /** @param full with all tags; {@code listed} may have those of credentials only */
    private void credential(SecretMetadata full, SecretMetadata listed) {
        TagSpelling.misspelt(full.tags()).forEach(tag -> note(full.name(), misspelt(full, tag)));
        try {
            discovery.definition(listed).ifPresent(definition -> {
                CredentialDefinition before = credentials.putIfAbsent(definition.id(), definition);
                if (before != null) {
                    note(listed.name(), twice(listed, definition.id()));
                }
            });
        } catch (SecretException e) {
            note(full.name(), unknownType(full, e));
        }
    }

    private Finding misspelt(SecretMetadata secret, TagSpelling.Misspelt tag) {
        return Finding.of(
                source + ":" + secret.name(),
                source,
                Cause.TAG_MISSPELT,
                Severity.WARNING,
                "it has a tag '" + tag.written() + "', which is nearly '" + tag.meant() + "'",
                "name the tag '" + tag.meant() + "'");
    }

    private Finding unknownType(SecretMetadata secret, SecretException why) {
        Optional<String> meant = TagSpelling.typeNear(secret.tags().getOrDefault(CredentialTags.TYPE, ""));
        return Finding.of(
                why.subject(),
                source,
                Cause.TYPE_UNKNOWN,
                Severity.WARNING,
                why.reason() + meant.map(m -> ", though nearly '" + m + "'").orElse(""),
                meant.map(m -> "write '" + m + "'").orElse(why.fix()));
    }

    private Finding twice(SecretMetadata secret, String id) {
        return Finding.of(
                source + ":" + secret.name(),
                source,
                Cause.SHADOWED,
                Severity.WARNING,
                "another secret of source " + source + " is the credential '" + id + "' already"
                        + filter.strippedOff(secret.name())
                                .map(p -> ", once '" + p + "' is removed from its name")
                                .orElse(""),
                "rename one of the two, or declare both with separate ids");
    }

    private void ending(Item item) {
        if (item.metadata().tags().containsKey(CredentialTags.TYPE)) {
            note(
                    item.name(),
                    Finding.of(
                            source + ":" + item.name(),
                            source,
                            Cause.PENDING_DELETION,
                            Severity.WARNING,
                            "it is a credential by its tags, and scheduled for deletion",
                            "restore it (secretsmanager:RestoreSecret) before its recovery window ends, if it is"
                                    + " needed"));
        }
    }

    private void note(String secret, Finding finding) {
        secrets.computeIfAbsent(secret, s -> new ArrayList<>()).add(finding);
    }

    /** By id. */
    Map<String, CredentialDefinition> credentials() {
        return credentials;
    }

    List<Finding> ofSource() {
        return List.copyOf(ofSource);
    }

    /** Secrets that are no credentials and look as if they were meant to be. */
    List<Examined> nearlyCredentials() {
        List<Examined> told = new ArrayList<>();
        secrets.entrySet().stream()
                .limit(MOST_TOLD)
                .forEach(e -> told.add(new Examined("secret " + source + ":" + e.getKey(), "tags", e.getValue())));
        if (secrets.size() > MOST_TOLD) {
            told.add(new Examined(
                    "source " + source, (secrets.size() - MOST_TOLD) + " more secrets of this kind", List.of()));
        }
        return told;
    }
}
