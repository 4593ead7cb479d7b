package io.jenkins.plugins.awssecrets.engine.diagnosis;

import io.jenkins.plugins.awssecrets.engine.credential.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialTags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tags that are nearly those that make a credential. */
final class TagSpelling {
    private static final List<String> KEYS =
            List.of(CredentialTags.TYPE, CredentialTags.USERNAME, CredentialTags.FILENAME, CredentialTags.REGISTRY);

    /** The keys share most of their letters, so that few may be wrong. */
    private static final int MOST_EDITS = 2;

    /** What people call kinds elsewhere: in Jenkins' own names, in Kubernetes' and in the Vault plugin's. */
    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("secrettext", "string"),
            Map.entry("secretstring", "string"),
            Map.entry("text", "string"),
            Map.entry("usernamewithpassword", "usernamePassword"),
            Map.entry("basicsshuserprivatekey", "sshUserPrivateKey"),
            Map.entry("sshprivatekey", "sshUserPrivateKey"),
            Map.entry("secretfile", "file"),
            Map.entry("x509clientcert", "certificate"),
            Map.entry("docker", "dockerRegistry"),
            Map.entry("db", "database"));

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
        List<String> types = new ArrayList<>(Arrays.stream(CredentialKind.values())
                .map(CredentialKind::symbol)
                .toList());
        types.add("sshUserPrivateKey");
        String letters = value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return Optional.ofNullable(OTHER_NAMES.get(letters)).or(() -> Spelling.nearest(value, types));
    }
}
