package io.jenkins.plugins.awssecrets.engine.source;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a source can tell of its secrets beyond its filter, for a diagnosis, a policy or advice. Never a value.
 *
 * @param secrets those that could be listed, in the region or below the mounts in question
 * @param complete whether nothing was left out for its number
 * @param readPaths the paths of Vault policies, by the names asked about; empty for AWS
 * @param region where an AWS source looks; empty while it is not known, and for Vault
 * @param problem why some or all could not be listed
 */
public record Inventory(
        List<Item> secrets,
        boolean complete,
        Map<String, ReadPath> readPaths,
        Optional<String> region,
        Optional<SecretException> problem) {
    /** Of a source of which nothing is known. */
    public static final Inventory NOTHING =
            new Inventory(List.of(), false, Map.of(), Optional.empty(), Optional.empty());

    public Inventory {
        secrets = List.copyOf(secrets);
        readPaths = Map.copyOf(readPaths);
    }

    /** Of a source that could not be asked. */
    public static Inventory failed(SecretException why) {
        return new Inventory(List.of(), false, Map.of(), Optional.empty(), Optional.of(why));
    }

    /** The secret of a name or an ARN. */
    public Optional<Item> find(String name) {
        return secrets.stream().filter(s -> s.isNamed(name)).findFirst();
    }

    /** Whether everything that is there was listed, so that what is not in it is not there. */
    public boolean isWhole() {
        return complete && problem.isEmpty();
    }

    /**
     * A secret.
     *
     * @param metadata with all tags, where the source can tell them
     * @param arn empty for Vault
     * @param deleted when it was scheduled for deletion
     * @param key id, alias or ARN of its own KMS key; empty for the service's default key and where there is none
     * @param kept how the backend keeps it
     */
    public record Item(
            SecretMetadata metadata, Optional<String> arn, Optional<Instant> deleted, Optional<String> key, Kept kept) {
        /** A secret of which no more is known than its metadata. */
        public static Item of(SecretMetadata metadata) {
            return new Item(metadata, Optional.empty(), Optional.empty(), Optional.empty(), Kept.ENCRYPTED);
        }

        public String name() {
            return metadata.name();
        }

        /** The key as a policy names it: an ARN, or an alias, whose key the listing does not tell. */
        public Optional<String> keyInPolicies() {
            return key.map(k -> {
                String id = k.replaceFirst("^key/", "");
                String[] parts = arn.orElse("").split(":", 6);
                boolean told = k.startsWith("arn:") || id.startsWith("alias/") || parts.length < 6;
                return told ? k : "arn:" + parts[1] + ":kms:" + parts[3] + ":" + parts[4] + ":key/" + id;
            });
        }

        boolean isNamed(String name) {
            return metadata.name().equals(name)
                    // Secrets Manager's ARN may be given without the hyphen and six characters at its end.
                    || arn.filter(a -> a.equals(name) || a.startsWith(name + "-") && a.length() == name.length() + 7)
                            .isPresent();
        }
    }

    /** How a backend keeps a value, which in Parameter Store is a matter of money too. */
    public enum Kept {
        /** A secret, a {@code SecureString} of the standard tier. */
        ENCRYPTED,
        /** A {@code String} or {@code StringList} parameter. */
        PLAIN,
        /** A {@code SecureString} of the advanced tier. */
        ENCRYPTED_ADVANCED,
        /** A {@code String} or {@code StringList} parameter of the advanced tier. */
        PLAIN_ADVANCED;

        public boolean advanced() {
            return this == ENCRYPTED_ADVANCED || this == PLAIN_ADVANCED;
        }
    }

    /**
     * The path that a Vault policy must grant {@code read} on.
     *
     * @param metadata the path of a KV v2 secret's metadata; empty text for any other engine
     * @param leased whether reading makes a lease
     * @param sure whether Vault told which engine is mounted there
     */
    public record ReadPath(String path, String metadata, boolean leased, boolean sure) {}
}
