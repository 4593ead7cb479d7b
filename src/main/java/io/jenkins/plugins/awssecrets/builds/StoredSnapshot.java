package io.jenkins.plugins.awssecrets.builds;

import hudson.XmlFile;
import hudson.model.Items;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A running build's snapshot on disk, so that after a restart it goes on with the same values and the same masks without
 * a call to any source. The values are encrypted with the controller's key ({@link Secret}); the file is removed when
 * the build ends.
 */
final class StoredSnapshot {
    static final String FILE = "aws-secrets-snapshot.xml";

    private final List<Entry> entries = new ArrayList<>();

    /** Base64 of values that are masked beside the payloads', such as what was derived from them. */
    private final List<Secret> masked = new ArrayList<>();

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

    /** @param snapshots by the place of the source */
    static void write(Run<?, ?> run, Map<String, Snapshot> snapshots, Collection<SecretValue> masked, Holders holders)
            throws IOException {
        StoredSnapshot stored = new StoredSnapshot();
        snapshots.forEach((place, snapshot) -> snapshot.payloads().forEach((locator, payload) -> {
            Entry entry = entry(place, locator, payload);
            entry.holders = new ArrayList<>(holders.of(new Placed(place, locator)));
            stored.entries.add(entry);
        }));
        masked.forEach(value -> stored.masked.add(encrypted(value)));
        file(run).write(stored);
    }

    /** What was written; empty when nothing was. */
    static StoredSnapshot read(Run<?, ?> run) throws IOException {
        XmlFile file = file(run);
        return file.exists() ? (StoredSnapshot) file.read() : new StoredSnapshot();
    }

    /** By the place of the source. */
    Map<String, Snapshot> snapshots() {
        Map<String, Snapshot> snapshots = new LinkedHashMap<>();
        for (Entry entry : entries) {
            snapshots.merge(entry.place, new Snapshot(Map.of(locator(entry), payload(entry))), Snapshot::plus);
        }
        return snapshots;
    }

    Holders holders() {
        Holders holders = new Holders();
        entries.forEach(entry ->
                entry.holders.forEach(holder -> holders.hold(holder, Set.of(new Placed(entry.place, locator(entry))))));
        return holders;
    }

    private static Locator locator(Entry entry) {
        return new Locator(entry.source, entry.name, Optional.ofNullable(entry.version));
    }

    List<SecretValue> masked() {
        return masked.stream().map(StoredSnapshot::decrypted).toList();
    }

    static boolean exists(Run<?, ?> run) {
        return file(run).exists();
    }

    static void delete(Run<?, ?> run) throws IOException {
        Files.deleteIfExists(file(run).getFile().toPath());
    }

    private static XmlFile file(Run<?, ?> run) {
        return new XmlFile(Items.XSTREAM2, new File(run.getRootDir(), FILE));
    }

    private static Entry entry(String place, Locator locator, SecretPayload payload) {
        Entry entry = new Entry();
        entry.place = place;
        entry.source = locator.source();
        entry.name = locator.name();
        entry.version = locator.version().orElse(null);
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

    private static Secret encrypted(SecretValue value) {
        return Secret.fromString(Base64.getEncoder().encodeToString(value.bytes()));
    }

    private static SecretValue decrypted(Secret value) {
        return SecretValue.of(Base64.getDecoder().decode(value.getPlainText()));
    }
}
