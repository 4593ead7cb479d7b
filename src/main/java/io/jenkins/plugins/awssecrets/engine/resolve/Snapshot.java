package io.jenkins.plugins.awssecrets.engine.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.kind.FieldSpec;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What one build was given: each secret read once, at one version. Fields of one secret therefore always match each
 * other, whatever is rotated meanwhile.
 */
public final class Snapshot {
    public static final Snapshot EMPTY = new Snapshot(Map.of());

    private final Map<Locator, SecretPayload> payloads;

    public Snapshot(Map<Locator, SecretPayload> payloads) {
        this.payloads = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(payloads));
    }

    /** All that was read, by what it was read with. */
    public Map<Locator, SecretPayload> payloads() {
        return payloads;
    }

    /** The payload behind a reference that was asked for. */
    public SecretPayload payload(Reference reference) {
        SecretPayload payload = payloads.get(reference.locator());
        if (payload == null) {
            throw new SecretException(
                    Problem.INTERNAL, reference.toString(), "it was not asked for", "report this as a defect");
        }
        return payload;
    }

    /**
     * The value a reference names.
     *
     * @throws SecretException {@link Problem#EMPTY}, {@link Problem#FIELD_MISSING}, {@link Problem#WRONG_SHAPE} or
     *     {@link Problem#BINARY}
     */
    public SecretValue value(Reference reference, boolean binaryAllowed, boolean allowEmpty) {
        return new PayloadReader(reference, payload(reference)).value(binaryAllowed, allowEmpty);
    }

    /** The value of a credential's field in a secret that holds the whole credential; empty when it has no such member. */
    public Optional<SecretValue> member(Reference from, FieldSpec field, boolean allowEmpty) {
        return member(from, field, allowEmpty, UnaryOperator.identity());
    }

    /** @param view makes the object whose members are the fields out of the one that is stored */
    public Optional<SecretValue> member(
            Reference from, FieldSpec field, boolean allowEmpty, UnaryOperator<JsonNode> view) {
        return new PayloadReader(from, payload(from)).member(field, allowEmpty, view);
    }

    /**
     * The value of a field in a secret that is an object of just some members, or in a secret that is that field alone.
     *
     * @param members the names that such an object's members may have
     */
    public Optional<SecretValue> memberOrWhole(
            Reference from, FieldSpec field, Set<String> members, boolean allowEmpty) {
        return new PayloadReader(from, payload(from)).memberOrWhole(field, members, allowEmpty);
    }

    /**
     * The values of all members of an object, by their names; those that are {@code null} are left out.
     *
     * @param object the secret, or an object inside of it
     * @throws SecretException {@link Problem#EMPTY}, {@link Problem#FIELD_MISSING}, {@link Problem#WRONG_SHAPE} or
     *     {@link Problem#BINARY}
     */
    public Map<String, SecretValue> members(Reference object, boolean allowEmpty) {
        return new PayloadReader(object, payload(object)).members(allowEmpty);
    }

    /** The versions read, to read the same ones again; locators whose backend keeps no versions are absent. */
    public Map<Locator, String> pins() {
        Map<Locator, String> pins = new LinkedHashMap<>();
        payloads.forEach((locator, payload) -> payload.version().ifPresent(v -> pins.put(locator, v)));
        return pins;
    }

    /** This one with what another adds; what is in both stays as it is here. */
    public Snapshot plus(Snapshot other) {
        Map<Locator, SecretPayload> all = new LinkedHashMap<>(other.payloads);
        all.putAll(payloads);
        return new Snapshot(all);
    }

    /** This one with what was read under one name under another; what is not named stays where it is. */
    public Snapshot under(Map<Locator, Locator> names) {
        Map<Locator, SecretPayload> renamed = new LinkedHashMap<>();
        payloads.forEach((locator, payload) -> renamed.put(names.getOrDefault(locator, locator), payload));
        return new Snapshot(renamed);
    }

    /** This one without what was read with these. */
    public Snapshot without(Set<Locator> locators) {
        Map<Locator, SecretPayload> rest = new LinkedHashMap<>(payloads);
        rest.keySet().removeAll(locators);
        return new Snapshot(rest);
    }

    @Override
    public String toString() {
        return "Snapshot of " + payloads.keySet();
    }
}
