package io.jenkins.plugins.awssecrets.engine.source.aws.calls;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;

/** Why no whole answer came, told from the classes of a failure's causes and never from their texts. */
public enum ConnectionFailure {
    UNKNOWN_HOST("the host name cannot be found", "check the spelling of endpoint and region, and DNS"),
    REFUSED("the connection was refused", "check that the endpoint's host and port are right and that it is up"),
    NO_ROUTE("no route to the host", "check the network between this machine and the endpoint"),
    NO_CONNECTION(
            "no connection within 5 s", "check firewall, proxy and VPC endpoint between this machine and the endpoint"),
    TLS("the TLS handshake failed", "check that this JVM trusts the endpoint's certificate and that the URL is https"),
    NO_ANSWER("no response within 10 s", "try again. If this persists, check the proxy and endpoint"),
    CUT(
            "the connection closed before the response was complete",
            "try again. If this persists, check the proxy and endpoint"),
    MALFORMED(
            "the response is not from this service",
            "check that the endpoint belongs to this service and is not a proxy's page");

    private static final List<String> CUTS = List.of(
            "NoHttpResponseException",
            "ConnectionClosedException",
            "TruncatedChunkException",
            "MalformedChunkCodingException",
            "JsonEOFException");

    private final String reason;
    private final String fix;

    ConnectionFailure(String reason, String fix) {
        this.reason = reason;
        this.fix = fix;
    }

    public String reason() {
        return reason;
    }

    public String fix() {
        return fix;
    }

    /** @param causes a failure and its causes, outermost first */
    public static Optional<ConnectionFailure> among(List<Throwable> causes) {
        return causes.stream()
                .map(ConnectionFailure::of)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<ConnectionFailure> of(Throwable cause) {
        // By name what the HTTP client and the SDK's shaded JSON parser throw: neither is ours to import.
        String name = cause.getClass().getSimpleName();
        if (cause instanceof UnknownHostException) {
            return Optional.of(UNKNOWN_HOST);
        } else if (name.equals("ConnectTimeoutException")) {
            return Optional.of(NO_CONNECTION);
        } else if (cause instanceof ConnectException) {
            return Optional.of(REFUSED);
        } else if (cause instanceof NoRouteToHostException) {
            return Optional.of(NO_ROUTE);
        } else if (cause instanceof SSLException) {
            return Optional.of(TLS);
        } else if (cause instanceof SocketTimeoutException || cause instanceof ApiCallAttemptTimeoutException) {
            return Optional.of(NO_ANSWER);
        } else if (cause instanceof SocketException || cause instanceof EOFException || CUTS.contains(name)) {
            return Optional.of(CUT);
        } else if (cause instanceof AnswerLimit.TooLargeException) {
            return Optional.of(MALFORMED);
        } else if (name.contains("Json") || name.contains("XML") || name.equals("ProtocolException")) {
            return Optional.of(MALFORMED);
        }
        return Optional.empty();
    }
}
