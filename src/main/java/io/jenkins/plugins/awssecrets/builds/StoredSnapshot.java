package io.jenkins.plugins.awssecrets.builds;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import hudson.model.Items;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A change of a running build's snapshot. Each is appended to a file in the build's directory, so that what a block
 * costs does not grow with the blocks before it, and so that after a restart the build goes on with the same values and
 * the same masks without a call to any source. The values are encrypted with the controller's key ({@link Secret}); the
 * file is removed when the build ends.
 */
final class StoredSnapshot {
    static final String FILE = "aws-secrets-snapshot";

    private static final Logger LOGGER = Logger.getLogger(StoredSnapshot.class.getName());

    private final List<Entry> entries = new ArrayList<>();

    /** Secrets of earlier changes that somebody else holds now: entries without a value. */
    private final List<Entry> held = new ArrayList<>();

    /** Base64 of each value that is masked, then of the texts in it that are shown, with commas between. */
    private final List<Secret> masked = new ArrayList<>();

    /** What rules allowed to the build. */
    private final List<String> allowed = new ArrayList<>();

    /** Who holds nothing any more. */
    private String released;

    /** A payload's parts in forms that XStream writes; the value is base64 in a {@link Secret}. */
    private static final class Entry {
        /** Full name of the folder whose source it is; empty for Jenkins itself. */
        String place;

        String source;
        String name;
        String version;
        SecretPayload.Shape shape;
        Secret value;
        boolean confidential;
        String readVersion;
        List<String> stages;
        String changed;
        Secret leaseId;
        long leaseSeconds;
        boolean leaseRenewable;
        List<String> holders;
    }

    /** What all changes together made. */
    static final class Restored {
        private final Map<String, Snapshot> snapshots = new LinkedHashMap<>();
        private final Holders holders = new Holders();
        private final List<SecretValue> masked = new ArrayList<>();
        private final Set<String> allowed = new LinkedHashSet<>();

        /** By the place of the source. */
        Map<String, Snapshot> snapshots() {
            return snapshots;
        }

        Holders holders() {
            return holders;
        }

        /** All that was ever hidden, whether or not it is still held. */
        List<SecretValue> masked() {
            return masked;
        }

        /** What rules allowed. */
        Set<String> allowed() {
            return allowed;
        }

        private void add(StoredSnapshot change) {
            allowed.addAll(change.allowed);
            for (Entry entry : change.entries) {
                snapshots.merge(entry.place, new Snapshot(Map.of(locator(entry), payload(entry))), Snapshot::plus);
            }
            Stream.concat(change.entries.stream(), change.held.stream())
                    .forEach(entry -> entry.holders.forEach(
                            holder -> holders.hold(holder, Set.of(new Placed(entry.place, locator(entry))))));
            change.masked.forEach(value -> masked.add(hidden(value)));
            if (change.released != null) {
                holders.release(change.released)
                        .forEach(free -> snapshots.computeIfPresent(
                                free.place(), (place, snapshot) -> snapshot.without(Set.of(free.locator()))));
            }
        }
    }

    /** @param place of the source */
    StoredSnapshot give(String place, Snapshot snapshot) {
        snapshot.payloads().forEach((locator, payload) -> entries.add(entry(place, locator, payload)));
        return this;
    }

    StoredSnapshot hold(String holder, Set<Placed> secrets) {
        for (Placed secret : secrets) {
            Entry entry = entry(secret.place(), secret.locator());
            entry.holders.add(holder);
            held.add(entry);
        }
        return this;
    }

    StoredSnapshot release(String holder) {
        released = holder;
        return this;
    }

    StoredSnapshot allow(Collection<String> what) {
        allowed.addAll(what);
        return this;
    }

    StoredSnapshot mask(Collection<SecretValue> values) {
        values.forEach(value -> masked.add(hidden(value)));
        return this;
    }

    /** When this returns, the change is in the file. */
    void appendTo(Run<?, ?> run) throws IOException {
        byte[] xml = Items.XSTREAM2.toXML(this).getBytes(StandardCharsets.UTF_8);
        Files.write(file(run), List.of(Base64.getEncoder().encodeToString(xml)), CREATE, APPEND);
    }

    /** What was written; empty when nothing was, and with a warning where it cannot be read. */
    static Restored restored(Run<?, ?> run) {
        try {
            return read(run);
        } catch (IOException | RuntimeException e) {
            // Fetched anew then, at the versions of now: said, as it may mix versions within the build.
            LOGGER.log(
                    Level.WARNING,
                    "The secrets of {0} could not be restored ({1}); they are read again",
                    new Object[] {run, e.getClass().getSimpleName()});
            return new Restored();
        }
    }

    /** A change that the controller's end cut short was used by nobody. */
    private static Restored read(Run<?, ?> run) throws IOException {
        Restored restored = new Restored();
        if (exists(run)) {
            String text = Files.readString(file(run));
            int whole = text.lastIndexOf('\n') + 1;
            if (whole < text.length()) {
                Files.writeString(file(run), text.substring(0, whole));
            }
            text.substring(0, whole).lines().forEach(line -> restored.add(parsed(line)));
        }
        return restored;
    }

    private static StoredSnapshot parsed(String line) {
        return (StoredSnapshot)
                Items.XSTREAM2.fromXML(new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8));
    }

    private static Locator locator(Entry entry) {
        return new Locator(entry.source, entry.name, Optional.ofNullable(entry.version));
    }

    static boolean exists(Run<?, ?> run) {
        return Files.exists(file(run));
    }

    static void delete(Run<?, ?> run) throws IOException {
        Files.deleteIfExists(file(run));
    }

    private static Path file(Run<?, ?> run) {
        return run.getRootDir().toPath().resolve(FILE);
    }

    private static Entry entry(String place, Locator locator) {
        Entry entry = new Entry();
        entry.place = place;
        entry.source = locator.source();
        entry.name = locator.name();
        entry.version = locator.version().orElse(null);
        entry.holders = new ArrayList<>();
        return entry;
    }

    private static Entry entry(String place, Locator locator, SecretPayload payload) {
        Entry entry = entry(place, locator);
        entry.shape = payload.shape();
        entry.value = encrypted(payload.value());
        entry.confidential = payload.confidential();
        entry.readVersion = payload.version().orElse(null);
        entry.stages = new ArrayList<>(payload.stages());
        entry.changed = payload.changed().map(Instant::toString).orElse(null);
        payload.lease().ifPresent(lease -> {
            entry.leaseId = Secret.fromString(lease.id());
            entry.leaseSeconds = lease.seconds();
            entry.leaseRenewable = lease.renewable();
        });
        return entry;
    }

    private static SecretPayload payload(Entry entry) {
        return new SecretPayload(
                entry.shape,
                decrypted(entry.value),
                entry.confidential,
                Optional.ofNullable(entry.readVersion),
                entry.stages,
                Optional.ofNullable(entry.changed).map(Instant::parse),
                Optional.ofNullable(entry.leaseId)
                        .map(id ->
                                new SecretPayload.Lease(id.getPlainText(), entry.leaseSeconds, entry.leaseRenewable)));
    }

    private static Secret hidden(SecretValue value) {
        Stream<byte[]> parts = Stream.concat(
                Stream.of(value.bytes()), value.shown().stream().map(text -> text.getBytes(StandardCharsets.UTF_8)));
        return Secret.fromString(parts.map(Base64.getEncoder()::encodeToString).collect(Collectors.joining(",")));
    }

    private static SecretValue hidden(Secret value) {
        List<byte[]> parts = Stream.of(value.getPlainText().split(",", -1))
                .map(Base64.getDecoder()::decode)
                .toList();
        return SecretValue.of(parts.get(0))
                .showing(parts.stream()
                        .skip(1)
                        .map(text -> new String(text, StandardCharsets.UTF_8))
                        .toList());
    }

    private static Secret encrypted(SecretValue value) {
        return Secret.fromString(Base64.getEncoder().encodeToString(value.bytes()));
    }

    private static SecretValue decrypted(Secret value) {
        return SecretValue.of(Base64.getDecoder().decode(value.getPlainText()));
    }
}
