package io.jenkins.plugins.awssecrets.engine.source.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Permission;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Lease;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultJson;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultRequest;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.AuthorizedCalls;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.AuthorizedCalls.Reply;
import java.time.Clock;
import java.util.Optional;

/**
 * {@code sys/leases/renew} and {@code sys/leases/revoke}, and {@code revoke} of the PKI engine. The policy
 * {@code default} allows the first only.
 */
final class VaultLeases {
    private static final String RENEW = "sys/leases/renew";
    private static final String REVOKE = "sys/leases/revoke";

    private final AuthorizedCalls calls;
    private final String subject;
    private final Clock clock;

    VaultLeases(AuthorizedCalls calls, String subject, Clock clock) {
        this.calls = calls;
        this.subject = subject;
        this.clock = clock;
    }

    Lease renew(Lease lease, Deadline deadline) {
        Reply reply = send(RENEW, lease, deadline);
        if (reply.answer().status() == 400 || reply.answer().status() == 404) {
            throw new SecretException(
                    Problem.NOT_FOUND,
                    subject,
                    "a " + lease + " cannot be renewed: it expired, or the engine does not support renewal",
                    "read the secret again, or give its role a longer TTL");
        }
        if (!reply.answer().ok()) {
            throw Denials.of(subject, reply, "update", RENEW);
        }
        JsonNode json = reply.answer().json();
        long ofToken = reply.token().left(clock.instant()).toSeconds();
        long seconds = Math.min(json.path("lease_duration").asLong(), ofToken);
        return new Lease(lease.id(), seconds, json.path("renewable").asBoolean());
    }

    void revoke(Lease lease, Deadline deadline) {
        Optional<CertificateLease> certificate = CertificateLease.of(lease);
        if (certificate.isPresent()) {
            revoke(certificate.get(), deadline);
            return;
        }
        Reply reply = send(REVOKE, lease, deadline);
        boolean goneAlready = reply.answer().status() == 404
                || reply.answer().status() == 400 && reply.answer().says("lease not found");
        if (!reply.answer().ok() && !goneAlready) {
            throw Denials.of(subject, reply, "update", REVOKE);
        }
    }

    private void revoke(CertificateLease certificate, Deadline deadline) {
        String path = CertificateLease.path(certificate.mount());
        Reply reply = calls.send(
                VaultRequest.post(path, VaultJson.object().put("serial_number", certificate.serial())), deadline);
        if (reply.answer().ok() || reply.answer().says("already expired")) {
            return;
        }
        SecretException failure =
                reply.answer().status() == 404 || reply.answer().says("not found")
                        ? new SecretException(
                                Problem.NOT_FOUND,
                                subject,
                                "Vault does not store the certificates of the role (no_store)",
                                "give the role a short TTL, or let it store them")
                        : Denials.of(subject, reply, "update", path);
        SecretException told = new SecretException(
                failure.problem(),
                subject,
                "a certificate is not revoked and expires at " + certificate.end() + ": " + failure.reason(),
                failure.fix());
        throw failure.problem() == Problem.DENIED ? told.lacking(new Permission("update", path)) : told;
    }

    private Reply send(String path, Lease lease, Deadline deadline) {
        return calls.send(VaultRequest.post(path, VaultJson.object().put("lease_id", lease.id())), deadline);
    }
}
