package io.jenkins.plugins.awssecrets.cleanup;

import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The lease of a dynamic secret that a build was given. */
final class HeldLease implements Remainder {
    private static final Duration CALL = Duration.ofSeconds(10);

    /** After it a lease has ended by itself: {@code max_lease_ttl} of Vault where nobody configures another. */
    private static final Duration LONGEST = Duration.ofDays(32);

    private final String place;
    private final String source;
    private final String name;
    private final Secret leaseId;
    private final long seconds;
    private final boolean renewable;

    /** @param place full name of the folder whose source it is; empty for Jenkins itself */
    HeldLease(String place, Locator locator, Lease lease) {
        this.place = place;
        this.source = locator.source();
        this.name = locator.name();
        this.leaseId = Secret.fromString(lease.id());
        this.seconds = lease.seconds();
        this.renewable = lease.renewable();
    }

    boolean isOf(Lease lease) {
        return leaseId.getPlainText().equals(lease.id());
    }

    @Override
    public void remove() throws IOException {
        Optional<SecretSource> found = Catalog.get().source(place, source);
        if (!(found.orElse(null) instanceof LeasedSource leased)) {
            throw new IOException("the source is no longer configured");
        }
        leased.revoke(new Lease(leaseId.getPlainText(), seconds, renewable), Deadline.in(CALL));
    }

    @Override
    public boolean lost(Duration age) {
        return age.compareTo(LONGEST) > 0 || Catalog.get().source(place, source).isEmpty();
    }

    @Override
    public String describe() {
        return "the lease of " + source + ":" + name;
    }
}
