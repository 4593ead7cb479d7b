package io.jenkins.plugins.awssecrets.engine.credential.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A kind of credential: its fields, and what a block gets of them. Everything else asks the kind, so that a new one is
 * one class and its registration in {@link Kinds}.
 */
public abstract class CredentialKind {
    private final String symbol;
    private final List<FieldSpec> fields;

    protected CredentialKind(String symbol, FieldSpec... fields) {
        this.symbol = symbol;
        this.fields = List.of(fields);
    }

    /** The word used in YAML, Job DSL, Pipeline and tags. */
    public final String symbol() {
        return symbol;
    }

    public final List<FieldSpec> fields() {
        return fields;
    }

    public final Optional<FieldSpec> field(String name) {
        return fields.stream().filter(f -> f.name().equals(name)).findFirst();
    }

    /** Whether one JSON secret can hold all fields ({@code from}). A kind of a single field has no use for it. */
    public final boolean takesFrom() {
        return fields.size() > 1;
    }

    /** The ways for fields to be made instead of stored; mostly none. */
    public List<MintingWay> mintings() {
        return List.of();
    }

    /**
     * What is made.
     *
     * @param settings without the source
     * @param fields those that are text in the configuration
     * @throws SecretException whose subject is a setting or a field, for one that is missing or wrong
     */
    public Minting minting(MintingWay way, Map<String, String> settings, Map<String, String> fields) {
        return new Minting(way.name(), settings);
    }

    /** What variables' names begin with where nothing is given: the id in upper case, with {@code _}. */
    public String defaultPrefix(String id) {
        String name = id.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_").replaceAll("^_+|_+$", "");
        return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }

    /** What the names of all variables that it may set end with. */
    public final List<String> variables() {
        List<String> all = new ArrayList<>();
        fields.forEach(field -> field.variable().ifPresent(all::add));
        all.addAll(composed());
        return all;
    }

    /** Those of {@link #variables()} that no field goes to as it is. */
    protected List<String> composed() {
        return List.of();
    }

    /** Variables of a fixed name that all credentials of the kind in a block set together. */
    public Set<String> shared() {
        return Set.of();
    }

    /** What the names of those variables end with that it sets besides where some fields are made. */
    public Set<String> madeVariables() {
        return Set.of();
    }

    /** As {@link #shared}, where some fields are made. */
    public Set<String> madeShared() {
        return Set.of();
    }

    /** Those of {@link #variables()} whose value around the block stays where the credential has none. */
    public Set<String> inherited() {
        return Set.of();
    }

    /** What a field takes, where a text that was typed is none of it: {@code expected base64}. */
    public Optional<String> expected(String field, String text) {
        return Optional.empty();
    }

    /**
     * The object whose members are the fields, out of what a secret that holds them all is.
     *
     * @param stored a JSON object
     * @param given the fields that are text in the configuration
     * @throws SecretException where it cannot be told which values are meant
     */
    public JsonNode object(JsonNode stored, Map<String, String> given) {
        return stored;
    }

    /** The names that an object with the fields may have for its members. */
    public final Set<String> memberNames() {
        return fields.stream().flatMap(field -> field.members().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Those fields beside it that the delivered value of a field depends on. */
    public Set<String> dependencies(String field) {
        return Set.of();
    }

    /**
     * The values that consumers read, in place of those that are stored: repaired where they were unambiguous.
     *
     * @param stored may have fewer fields than are needed, where only some are read
     * @return the ones that differ, by field
     * @throws SecretException whose subject is the field, for a value that is something else than what the field is for
     */
    public Map<String, SecretValue> delivered(FieldValues stored) {
        return Map.of();
    }

    /** What is worth a warning when the credential is checked, by field; no failure. */
    public List<SecretException> remarks(FieldValues delivered, Instant now) {
        return List.of();
    }

    /** Gives a block what no field is by itself: files, composed variables, logins. */
    public void deliver(FieldValues values, Delivery to) {}

    /** Whether the value of a field that is made goes to its variable; a file may have it instead. */
    public boolean isVariable(FieldSpec field, Minting made) {
        return true;
    }

    /** Whether what is made goes to files that are written anew before it expires, for as long as the block lasts. */
    public boolean isRenewed(Minting made) {
        return false;
    }

    /**
     * Gives a block what was made besides the fields.
     *
     * @param object all that was made
     */
    public void deliverMade(Minting made, JsonNode object, FieldValues values, Delivery to) {}

    /**
     * Whether a discovered secret is an object whose members are the fields; otherwise it is the one required field that
     * is secret.
     */
    public boolean isObject(SourceKind source) {
        return isTextOrObject() && source == SourceKind.VAULT;
    }

    /**
     * Whether a discovered secret that is not always an object is one where it has just the fields' members: the console
     * makes no others. Its fields are then members, and otherwise it is the one required field that is secret.
     */
    public boolean isStringOrObject(SourceKind source) {
        return isTextOrObject() && source != SourceKind.VAULT;
    }

    /** Whether its secrets are kept as one text with tags beside it, or as an object: the only way that Vault has. */
    protected boolean isTextOrObject() {
        return false;
    }

    /**
     * The text of a field of a discovered credential that no tag gives.
     *
     * @param secret the name of the secret
     */
    public Optional<String> untagged(FieldSpec field, String secret, SourceKind source) {
        return Optional.empty();
    }

    /** Other words for it in the type tag: those of the AWS Secrets Manager Credentials Provider plugin. */
    public Set<String> tagNames() {
        return Set.of();
    }

    /** What users call it elsewhere, in small letters alone: in Jenkins, in Kubernetes, in the Vault plugin. */
    public Set<String> otherNames() {
        return Set.of();
    }

    /** Empty for what may be anything. */
    public Optional<Sensitivity> sensitivity() {
        return Optional.empty();
    }

    @Override
    public final String toString() {
        return symbol;
    }
}
