package io.jenkins.plugins.awssecrets.engine.diagnosis;

import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialTags;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tags that are nearly those that make a credential. */
final class TagSpelling {
    private static final List<String> KEYS = CredentialTags.ALL;

    /** The keys share most of their letters, so that few may be wrong. */
    private static final int MOST_EDITS = 2;

    private TagSpelling() {}

    /**
     * A key that is nearly one that is meant.
     *
     * @param written the key as the secret has it
     */
    record Misspelt(String written, String meant) {}

    static List<Misspelt> misspelt(Map<String, String> tags) {
        List<Misspelt> found = new ArrayList<>();
        for (String key : tags.keySet()) {
            if (!KEYS.contains(key)) {
                Spelling.within(MOST_EDITS, key, KEYS)
                        .filter(meant -> !tags.containsKey(meant))
                        .ifPresent(meant -> found.add(new Misspelt(key, meant)));
            }
        }
        return found;
    }

    /** The type that a type tag's value probably means; its own text is not repeated. */
    static Optional<String> typeNear(String value) {
        String letters = value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return Kinds.all().stream()
                .filter(kind -> kind.otherNames().contains(letters))
                .map(kind -> kind.tagNames().stream().findFirst().orElse(kind.symbol()))
                .findFirst()
                .or(() -> Spelling.nearest(value, Kinds.tagNames()));
    }
}
