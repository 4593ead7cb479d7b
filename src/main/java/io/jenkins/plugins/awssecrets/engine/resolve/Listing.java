package io.jenkins.plugins.awssecrets.engine.resolve;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a source's secrets.
 *
 * @param asOf when the source gave it; empty when it never did
 * @param problem why the last refresh failed; empty when it did not
 */
public record Listing(List<SecretMetadata> secrets, Optional<Instant> asOf, Optional<SecretException> problem) {
    static final Listing UNKNOWN = new Listing(List.of(), Optional.empty(), Optional.empty());

    public Listing {
        secrets = List.copyOf(secrets);
    }

    /** How old it is; empty when there never was one. */
    public Optional<Duration> age(Clock clock) {
        return asOf.map(at -> Duration.between(at, clock.instant())).map(age -> age.isNegative() ? Duration.ZERO : age);
    }

    Listing failed(SecretException why) {
        return new Listing(secrets, asOf, Optional.of(why));
    }
}
