package io.jenkins.plugins.awssecrets.engine.source;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;

/** A source whose secrets may end by themselves: who uses one for longer than its lease renews it, and revokes it after. */
public interface LeasedSource extends SecretSource {
    /**
     * Asks for the lease's first length again, counted from now.
     *
     * @return the lease as it stands now: shorter than asked for when the backend's maximum comes near
     * @throws io.jenkins.plugins.awssecrets.engine.SecretException {@code NOT_FOUND} when the lease ended or cannot be
     *     renewed, {@code DENIED} when the source may not renew
     */
    Lease renew(Lease lease, Deadline deadline);

    /**
     * Ends the lease now, so that its secret is of no more use. A lease that ended already is no error.
     *
     * @throws io.jenkins.plugins.awssecrets.engine.SecretException {@code DENIED} when the source may not revoke
     */
    void revoke(Lease lease, Deadline deadline);
}
