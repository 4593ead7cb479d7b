package io.jenkins.plugins.awssecrets.engine.source.vault.session;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A token and what is known of its life.
 *
 * @param value empty where an agent adds the token
 * @param ours whether a login of this source made it, so that it is this source's to revoke
 * @param lifetime from when it was made or renewed; zero for one that does not end, or of which that is not known
 * @param obtained when this source got it
 * @param ends empty for one that does not end, or of which that is not known
 * @param policies their names, as far as a login told them
 */
public record VaultToken(
        Optional<SecretValue> value,
        boolean ours,
        boolean renewable,
        Duration lifetime,
        Instant obtained,
        Optional<Instant> ends,
        List<String> policies) {
    public VaultToken {
        policies = List.copyOf(policies);
    }

    /** A token of which no more is known than its value. */
    public static VaultToken given(Optional<SecretValue> value, Instant now) {
        return new VaultToken(value, false, false, Duration.ZERO, now, Optional.empty(), List.of());
    }

    /** The same token with its life as it is told now. */
    public VaultToken living(boolean mayRenew, Duration whole, Duration left, Instant now) {
        Optional<Instant> end = left.isZero() ? Optional.empty() : Optional.of(now.plus(left));
        return new VaultToken(value, ours, mayRenew, whole, obtained, end, policies);
    }

    /** Whether it is the same token, whatever is known of its life. */
    boolean sameAs(VaultToken other) {
        return value.equals(other.value);
    }

    /** Whether less than a third of its life is left. */
    boolean due(Instant now) {
        return ends.isPresent() && left(now).compareTo(lifetime.dividedBy(3)) < 0;
    }

    boolean ended(Instant now) {
        return ends.isPresent() && !now.isBefore(ends.get());
    }

    /** What is left of its life: zero when it ended; a very long time when it does not end. */
    public Duration left(Instant now) {
        return ends.map(end -> now.isBefore(end) ? Duration.between(now, end) : Duration.ZERO)
                .orElse(Duration.ofSeconds(Long.MAX_VALUE));
    }
}
