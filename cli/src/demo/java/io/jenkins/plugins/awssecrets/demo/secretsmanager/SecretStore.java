package io.jenkins.plugins.awssecrets.demo.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.demo.aws.AwsError;
import io.jenkins.plugins.awssecrets.demo.seed.AwsSeed;
import io.jenkins.plugins.awssecrets.demo.seed.SecretSeed;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;

/** The secrets of an account, by name. */
final class SecretStore {
    private static final int SUFFIX = 7;

    private final AwsSeed account;
    private final Clock clock;
    private final Map<String, Secret> secrets = new LinkedHashMap<>();
    private final NavigableMap<String, Secret> byName = new ConcurrentSkipListMap<>();

    SecretStore(AwsSeed account, List<SecretSeed> seeds, Clock clock) {
        this.account = account;
        this.clock = clock;
        seeds.forEach(this::add);
    }

    private void add(SecretSeed seed) {
        Secret secret = create(seed.name(), seed.description(), seed.key());
        secret.kmsDenied = seed.kmsDenied();
        secret.keyState = seed.keyState();
        secret.tags.putAll(seed.tags());
        secret.rotation = seed.rotation();
        secret.deleted = seed.deleted().map(Instant::parse);
        for (SecretSeed.Version each : seed.versions()) {
            Secret.Version version = Secret.Version.of(
                    each.id().orElseGet(SecretStore::newId),
                    text(each.string(), each.json()),
                    each.binary(),
                    time(each.created()));
            version.stages().addAll(each.stages());
            secret.add(version);
        }
        if (seed.string().isPresent()
                || seed.json().isPresent()
                || seed.binary().isPresent()) {
            Secret.Version current = Secret.Version.of(
                    seed.version().orElseGet(SecretStore::newId),
                    text(seed.string(), seed.json()),
                    seed.binary(),
                    time(seed.changed()));
            current.stages().add(Secret.CURRENT);
            current.stages().addAll(seed.stages());
            secret.add(current);
        }
    }

    private static Optional<String> text(Optional<String> string, Optional<JsonNode> json) {
        return string.or(() -> json.map(JsonNode::toString));
    }

    private Instant time(Optional<String> given) {
        return given.map(Instant::parse).orElse(clock.instant());
    }

    static String newId() {
        return UUID.randomUUID().toString();
    }

    Instant now() {
        return clock.instant();
    }

    Collection<Secret> all() {
        return secrets.values();
    }

    NavigableMap<String, Secret> byName() {
        return byName;
    }

    /** Without a version yet. */
    Secret create(String name, String description, String key) {
        Secret secret = new Secret(name, arn(name), clock.instant(), description, key);
        secrets.put(name, secret);
        byName.put(name, secret);
        return secret;
    }

    void remove(Secret secret) {
        secrets.remove(secret.name);
        byName.remove(secret.name);
    }

    boolean has(String name) {
        return secrets.containsKey(name);
    }

    /** By name, ARN, or ARN without its random end. */
    Optional<Secret> find(String id) {
        return Optional.ofNullable(secrets.get(id)).or(() -> secrets.values().stream()
                .filter(s -> id.equals(s.arn) || id.equals(s.arn.substring(0, s.arn.length() - SUFFIX)))
                .findFirst());
    }

    /** @throws AwsError {@code ResourceNotFoundException} */
    Secret existing(String id) {
        return find(id).orElseThrow(() ->
                AwsError.of("ResourceNotFoundException", "Secrets Manager can't find the specified secret."));
    }

    /** @throws AwsError {@code InvalidRequestException} where it is marked for deletion */
    Secret live(String id) {
        Secret secret = existing(id);
        if (secret.deleted.isPresent()) {
            throw AwsError.of(
                    "InvalidRequestException",
                    "You can't perform this operation on the secret because it was marked for deletion.");
        }
        return secret;
    }

    /** What a policy's resource is matched against, whether or not the secret is there. */
    String resource(String id) {
        return find(id).map(s -> s.arn).orElse(id.startsWith("arn:") ? id : arn(id));
    }

    /** The end that AWS makes at random comes from the name here, so that a demo's ARNs stay as they are. */
    private String arn(String name) {
        String suffix = Integer.toString(name.hashCode() & 0x7fffffff, 36);
        return "arn:aws:secretsmanager:" + account.region() + ":" + account.account() + ":secret:" + name + "-"
                + ("aaaaaa" + suffix).substring(suffix.length());
    }

    String keyArn(String key) {
        return key.startsWith("arn:") ? key : "arn:aws:kms:" + account.region() + ":" + account.account() + ":" + key;
    }
}
