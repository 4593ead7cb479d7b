package io.jenkins.plugins.awssecrets.cleanup;

import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A certificate that a build was given by a session of its own. It outlives the session, whose token alone may revoke
 * it: whoever ends the token revokes it first.
 */
final class HeldCertificate implements Remainder {
    private final String place;
    private final String source;
    private final String name;
    private final String run;
    private final int number;
    private final Secret certificate;
    private final long seconds;

    /**
     * @param place full name of the folder whose source it is; empty for Jenkins itself
     * @param run full name of the job, as the session has it
     */
    HeldCertificate(String place, Locator locator, String run, int number, Lease lease) {
        this.place = place;
        this.source = locator.source();
        this.name = locator.name();
        this.run = run;
        this.number = number;
        this.certificate = Secret.fromString(lease.id());
        this.seconds = lease.seconds();
    }

    Lease lease() {
        return new Lease(certificate.getPlainText(), seconds, false);
    }

    boolean isOf(Lease lease) {
        return certificate.getPlainText().equals(lease.id());
    }

    boolean isOf(HeldToken token) {
        return token.isOf(place, source, run, number);
    }

    @Override
    public void remove() throws IOException {
        throw new IOException(
                sessionIsLeft()
                        ? "it is revoked with the Vault token of its build"
                        : "the session of its build is over");
    }

    @Override
    public boolean lost(Duration age) {
        return age.toSeconds() > seconds || !sessionIsLeft();
    }

    private boolean sessionIsLeft() {
        return !Remainders.get()
                .notes(note -> note.remainder() instanceof HeldToken token && isOf(token))
                .isEmpty();
    }

    @Override
    public String describe() {
        return "the certificate of " + new Locator(source, name, Optional.empty());
    }
}
