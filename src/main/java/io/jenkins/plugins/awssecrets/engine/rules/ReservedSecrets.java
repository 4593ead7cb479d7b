package io.jenkins.plugins.awssecrets.engine.rules;

import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.rules.SecretNames.Name;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What no direct reference reaches from outside, whatever the rules say: secrets that credentials of the scope SYSTEM
 * take, and those that a folder's credentials take. So scope and folder hold for the value, not only for the id.
 */
public final class ReservedSecrets {
    public static final ReservedSecrets NONE = new ReservedSecrets(Map.of());

    private final Map<Key, List<Owner>> owners;

    /** @param place that declares the source: a folder may give the id of another one to a source of its own */
    private record Key(String place, Name name) {}

    /** @param folder full name of the folder that declares the credential; empty for one of the scope SYSTEM */
    private record Owner(Optional<String> folder) {
        boolean keepsFrom(Requester who) {
            return folder.filter(who::isIn).isEmpty();
        }

        String words() {
            return folder.isEmpty()
                    ? "a credential of the scope SYSTEM takes it, and what such a credential takes is for no job"
                    : "a credential of another folder takes it, and what such a credential takes stays in its folder";
        }
    }

    private ReservedSecrets(Map<Key, List<Owner>> owners) {
        this.owners = Map.copyOf(owners);
    }

    /** Why who asks may not have it by a direct reference; empty where nothing is in the way. */
    Optional<String> against(String place, Reference reference, SourceKind kind, Requester who) {
        return SecretNames.of(kind, reference.name()).stream()
                .flatMap(name -> owners.getOrDefault(new Key(place, name), List.of()).stream())
                .filter(owner -> owner.keepsFrom(who))
                .map(Owner::words)
                .findFirst();
    }

    /** Collects what is taken. Not thread-safe. */
    public static final class Builder {
        private final Map<Key, List<Owner>> owners = new HashMap<>();

        /** What a credential of the scope SYSTEM takes, which Jenkins alone declares, of its own sources. */
        public Builder system(Reference reference, SourceKind kind) {
            return add("", reference, kind, new Owner(Optional.empty()));
        }

        /** @param folder full name of the folder whose credential takes it */
        public Builder folder(String place, Reference reference, SourceKind kind, String folder) {
            return add(place, reference, kind, new Owner(Optional.of(folder)));
        }

        private Builder add(String place, Reference reference, SourceKind kind, Owner owner) {
            for (Name name : SecretNames.of(kind, reference.name())) {
                List<Owner> known = owners.computeIfAbsent(new Key(place, name), k -> new ArrayList<>(1));
                if (!known.contains(owner)) {
                    known.add(owner);
                }
            }
            return this;
        }

        public ReservedSecrets build() {
            return new ReservedSecrets(owners);
        }
    }
}
