package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * The errors of an exchange that brought no answer of Vault's. They are told by the type of what the client threw; its
 * text may quote the answer or a header, so it goes nowhere, nor does the exception as a cause.
 */
final class Failures {
    private final String subject;
    private final String address;
    private final boolean ofSocket;
    private final Optional<String> proxy;

    /** @param proxy that all connections go to, as {@code host:port}; empty where they go to Vault itself */
    Failures(String subject, URI url, Optional<String> proxy) {
        this.subject = subject;
        this.proxy = proxy;
        this.address = url.toString();
        this.ofSocket = VaultAddress.isOfSocket(url);
    }

    SecretException of(Throwable failure, Duration timeout) {
        if (proxy.isPresent()
                && (failure instanceof HttpConnectTimeoutException
                        || failure instanceof ConnectException
                        || isA(failure, UnresolvedAddressException.class))) {
            return unreachable(
                    "no connection to the proxy " + proxy.get() + " before " + address,
                    "check HTTPS_PROXY, HTTP_PROXY and NO_PROXY, or the proxy that is configured");
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return unreachable("no connection to " + address + " in time", "check address, firewall and proxy");
        }
        if (failure instanceof HttpTimeoutException) {
            return timeout("no complete response from " + address + " within " + seconds(timeout));
        }
        if (isA(failure, UnresolvedAddressException.class)) {
            return unreachable("the host name in " + address + " cannot be resolved", "check the url and DNS");
        }
        if (failure instanceof ConnectException && ofSocket) {
            return unreachable(
                    "no connection to " + address,
                    "check that the Vault Agent listens there and that this user may write to the socket");
        }
        if (failure instanceof ConnectException) {
            return unreachable(address + " refuses the connection", "check that Vault runs there");
        }
        if (failure instanceof CappedBody.TooLargeException) {
            return notVault("a response of more than " + (BoundedExchange.MAX_ANSWER_BYTES >> 20) + " MiB");
        }
        if (failure instanceof SSLException) {
            return tls(failure);
        }
        return unreachable(
                "the connection to " + address + " closed before the response was complete ("
                        + failure.getClass().getSimpleName() + ")",
                "try again, and check Vault and the network in between");
    }

    private SecretException tls(Throwable failure) {
        if (isA(failure, CertificateException.class)) {
            return unreachable(
                    "the certificate of " + address + " is not trusted, or is for another host",
                    "configure the CA that signed it (caCertificate, or VAULT_CACERT), and use a host name that the"
                            + " certificate contains; VAULT_SKIP_VERIFY is not used");
        }
        return unreachable(
                "no TLS connection to " + address,
                "check that the port uses TLS, its version, and whether Vault requires a client certificate");
    }

    SecretException notVault(String what) {
        return unreachable(
                what + " from " + address,
                "set the url to Vault's API address: its scheme (http or https), host and port, without /v1; or to"
                        + " unix:// and an Agent's socket");
    }

    SecretException notJson(int status) {
        return notVault("a response " + status + " that is not Vault's JSON");
    }

    /** For a path of a Vault in order that answers with something else than JSON. */
    SecretException noSecret(int status) {
        return new SecretException(
                        Problem.WRONG_SHAPE,
                        subject,
                        "Vault answers " + status + " with something that is not JSON",
                        "name a path that gives a secret; for pki, cert/ca in place of ca")
                .withBackendUp();
    }

    SecretException redirected(String whither) {
        return unreachable(
                address + " redirects to " + whither + ", to which the token is not sent",
                "set the url to that address, or let standby nodes forward requests");
    }

    SecretException throttled() {
        return new SecretException(
                Problem.THROTTLED,
                subject,
                address + " throttles requests (429: a rate limit quota)",
                "run fewer builds at once, or raise the quota");
    }

    /** For a request that was not sent. */
    SecretException throttledBefore() {
        return new SecretException(
                Problem.THROTTLED,
                subject,
                address + " throttles requests (429), and the next one is allowed only after the deadline",
                "run fewer builds at once, or raise the quota");
    }

    SecretException server(int status) {
        return unreachable(address + " returned a server error (" + status + ")", "see the server's log");
    }

    SecretException state(int status, Health health) {
        String version = health.version().isEmpty() ? "" : ", version " + health.version();
        return unreachable(
                "Vault at " + address + " is " + health.state() + " (" + status + version + ")", health.fix());
    }

    SecretException late() {
        return timeout("the deadline passed before the call to Vault");
    }

    private SecretException timeout(String reason) {
        return new SecretException(Problem.TIMEOUT, subject, reason, "check that Vault responds, or allow more time");
    }

    /** For a caller that was interrupted; sets its thread's interrupt flag again. */
    SecretException aborted() {
        Thread.currentThread().interrupt();
        return new SecretException(Problem.ABORTED, subject, "the call to Vault was aborted", "run it again");
    }

    SecretException closed() {
        return new SecretException(
                Problem.ABORTED, subject, "the source was closed", "run it again. Its settings may have changed");
    }

    SecretException unforeseen(Throwable failure) {
        return new SecretException(
                Problem.INTERNAL,
                subject,
                "an unexpected " + failure.getClass().getName() + " in a call to Vault",
                "report this as a defect");
    }

    private SecretException unreachable(String reason, String fix) {
        return new SecretException(Problem.UNREACHABLE, subject, reason, fix);
    }

    private static boolean isA(Throwable failure, Class<? extends Throwable> type) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 10; depth++, at = at.getCause()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }
}
