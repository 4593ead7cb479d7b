package io.jenkins.plugins.awssecrets.audit;

import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Objects;

/** One use of a credential or a single value by a build; never a value. Written to the build's record with XStream. */
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
    private SecretUse(Instant time, String user, String name, String kind, List<String> secrets) {
        this.time = time.toString();
        this.user = user;
        this.name = name;
        this.kind = kind;
        this.secrets = new ArrayList<>(secrets);
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
        return new SecretUse(Instant.now(), user, name, kind, secrets);
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
        return List.copyOf(secrets);
    }

    /** Whether it is the same but for its time. */
    boolean repeats(SecretUse other) {
        return Objects.equals(name, other.name)
                && Objects.equals(kind, other.kind)
                && Objects.equals(user, other.user)
                && secrets.equals(other.secrets);
    }
}
