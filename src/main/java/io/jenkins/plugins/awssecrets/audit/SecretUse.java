package io.jenkins.plugins.awssecrets.audit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;

/** One use of a credential or a single value by a build; never a value. Written as JSON, by its fields. */
public final class SecretUse {
    private final String time;
    private final String user;
    private final String name;
    private final String kind;
    private final List<String> secrets;

    /**
     * @param user who the build ran for
     * @param name the credential's id, or the variable
     * @param kind how it was used: a binding's symbol
     * @param secrets each reference with the version that was read
     */
    @JsonCreator
    private SecretUse(
            @JsonProperty("time") String time,
            @JsonProperty("user") String user,
            @JsonProperty("name") String name,
            @JsonProperty("kind") String kind,
            @JsonProperty("secrets") List<String> secrets) {
        this.time = time;
        this.user = user;
        this.name = name;
        this.kind = kind;
        this.secrets = List.copyOf(secrets);
    }

    /** A use at this moment of what was read through the references. */
    public static SecretUse of(
            String user, String name, String kind, Collection<Reference> references, Snapshot snapshot) {
        List<String> secrets = references.stream()
                .map(reference -> reference
                        + snapshot.payload(reference)
                                .version()
                                .map(version -> ", version " + version)
                                .orElse(""))
                .toList();
        return new SecretUse(Instant.now().toString(), user, name, kind, secrets);
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

    public List<String> getSecrets() {
        return secrets;
    }

    /** What it has in common with another use of the same. */
    List<Object> withoutTime() {
        return List.of(user, name, kind, secrets);
    }
}
