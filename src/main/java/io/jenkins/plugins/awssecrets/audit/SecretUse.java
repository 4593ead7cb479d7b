package io.jenkins.plugins.awssecrets.audit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import hudson.Util;
import io.jenkins.plugins.awssecrets.config.credentials.CredentialDescriptor;
import io.jenkins.plugins.awssecrets.engine.audit.AuditEvent.Outcome;
import io.jenkins.plugins.awssecrets.engine.audit.AuditEvent.Read;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** One use, or refused use, of a credential or a single value by a build; never a value. Written as JSON, by its fields. */
public final class SecretUse {
    /** What a block binds without a credential, by the symbols. */
    private static final Map<String, String> SINGLE_VALUES =
            Map.of("secret", "Single value", "secrets", "Several values");

    private final String time;
    private final String user;
    private final String name;
    private final String kind;
    private final List<String> secrets;

    /** Absent for a use. */
    private final String refused;

    /**
     * @param user who the build ran for
     * @param name the credential's id, or the variable
     * @param kind how it was used: a binding's symbol
     * @param secrets each reference with the version that was read
     * @param refused why it was not given; {@code null} where it was
     */
    @JsonCreator
    private SecretUse(
            @JsonProperty("time") String time,
            @JsonProperty("name") String name,
            @JsonProperty("kind") String kind,
            @JsonProperty("user") String user,
            @JsonProperty("secrets") List<String> secrets,
            @JsonProperty("refused") String refused) {
        this.time = time;
        this.user = user;
        this.name = name;
        this.kind = kind;
        this.secrets = List.copyOf(secrets);
        this.refused = refused;
    }

    /** @param reason of a refusal or failure */
    static SecretUse of(
            Instant time, String user, String name, String kind, List<Read> reads, Outcome outcome, String reason) {
        return new SecretUse(
                time.toString(),
                name,
                kind,
                user,
                reads.stream().map(SecretUse::text).toList(),
                outcome == Outcome.USED ? null : outcome.word() + ": " + reason);
    }

    private static String text(Read read) {
        return read.reference()
                + read.version().map(version -> ", version " + version).orElse("");
    }

    public Date getTime() {
        return Date.from(Instant.parse(time));
    }

    public String getUser() {
        return user;
    }

    public String getName() {
        return name;
    }

    public String getKind() {
        return kind;
    }

    /** The kind as the forms name it, for the page. */
    public String getKindName() {
        String[] symbolAndWay = kind.split("(?=, )", 2);
        String named = Kinds.ofSymbol(symbolAndWay[0])
                .map(CredentialDescriptor::nameOf)
                .orElseGet(() -> SINGLE_VALUES.getOrDefault(symbolAndWay[0], symbolAndWay[0]));
        return symbolAndWay.length == 1 ? named : named + symbolAndWay[1];
    }

    public List<String> getSecrets() {
        return secrets;
    }

    /** Why it was not given; empty where it was. */
    public String getRefused() {
        return Util.fixNull(refused);
    }

    /** What it has in common with another use of the same. */
    List<Object> withoutTime() {
        return List.of(user, name, kind, secrets, getRefused());
    }
}
