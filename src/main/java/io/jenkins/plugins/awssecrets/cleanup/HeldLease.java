package io.jenkins.plugins.awssecrets.cleanup;

import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
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
    private transient volatile String failure;

    /** @param place full name of the folder whose source it is; empty for Jenkins itself */
    HeldLease(String place, Locator locator, Lease lease) {
        this.place = place;
        this.source = locator.source();
        this.name = locator.name();
        this.leaseId = Secret.fromString(lease.id());
        this.seconds = lease.seconds();
        this.renewable = lease.renewable();
    }

    private Lease lease() {
        return new Lease(leaseId.getPlainText(), seconds, renewable);
    }

    private Locator locator() {
        return new Locator(source, name, Optional.empty());
    }

    boolean isOf(Lease lease) {
        return leaseId.getPlainText().equals(lease.id());
    }

    /** Why the last try failed. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void remove() throws IOException {
        try {
            revoke();
        } catch (SecretException e) {
            failure = e.explanation();
            throw e;
        }
    }

    private void revoke() throws IOException {
        Optional<SecretSource> found = Catalog.get().source(place, source);
        if (!(found.orElse(null) instanceof LeasedSource leased)) {
            throw new IOException("the source is no longer configured");
        }
        leased.revoke(lease(), Deadline.in(CALL));
    }

    @Override
    public boolean lost(Duration age) {
        Duration longest = lease().isCertificate() ? Duration.ofSeconds(seconds) : LONGEST;
        return age.compareTo(longest) > 0 || Catalog.get().source(place, source).isEmpty();
    }

    @Override
    public String describe() {
        return (lease().isCertificate() ? "the certificate of " : "the lease of ") + locator();
    }
}
