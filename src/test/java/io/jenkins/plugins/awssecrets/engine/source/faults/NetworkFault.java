package io.jenkins.plugins.awssecrets.engine.source.faults;

import io.jenkins.plugins.awssecrets.engine.Problem;

/** What goes wrong between a source and its backend, and what is to come of a call that meets it. */
enum NetworkFault {
    /** Nobody listens. */
    REFUSED(Problem.UNREACHABLE),
    /** The request is taken and never answered. */
    HANG(Problem.TIMEOUT),
    /** Half of the right answer, then a TCP reset. */
    RESET(Problem.UNREACHABLE),
    /** The right answer, a byte at a time. */
    SLOW(Problem.TIMEOUT),
    /** A certificate that nobody vouches for. */
    TLS(Problem.UNREACHABLE),
    STATUS_429(Problem.THROTTLED),
    STATUS_500(Problem.UNREACHABLE),
    STATUS_503(Problem.UNREACHABLE),
    /** 200 and JSON that breaks off in an odd place. */
    MALFORMED_JSON(Problem.UNREACHABLE),
    /** 200 and nothing. */
    EMPTY_BODY(Problem.UNREACHABLE),
    /** 200 and a page of HTML, as proxies and captive portals have them. */
    WRONG_CONTENT_TYPE(Problem.UNREACHABLE),
    /** 200 and 5 MB of JSON that is none of the backend's. */
    FIVE_MEGABYTES(Problem.UNREACHABLE);

    /** In every body that is made up here; whoever prints it printed an answer. */
    static final String CANARY = "canary-31f9";

    private final Problem problem;

    NetworkFault(Problem problem) {
        this.problem = problem;
    }

    /** How listing, fetching and logging in fail. */
    Problem problem() {
        return problem;
    }

    /** Whether a call ends by its deadline and not before. */
    boolean lasts() {
        return problem == Problem.TIMEOUT;
    }

    /** The answer that takes the place of the backend's. */
    String answer() {
        return switch (this) {
            case STATUS_429 -> answer("429 Too Many Requests", "application/json", error());
            case STATUS_500 -> answer("500 Internal Server Error", "application/json", error());
            case STATUS_503 -> answer("503 Service Unavailable", "application/json", error());
            case MALFORMED_JSON -> answer("200 OK", "application/json", "{\"data\": {\"" + CANARY + "\": {{");
            case EMPTY_BODY -> answer("200 OK", "application/json", "");
            case WRONG_CONTENT_TYPE -> answer("200 OK", "text/html", "<html><body>" + CANARY + "</body></html>");
            case FIVE_MEGABYTES ->
                answer(
                        "200 OK",
                        "application/json",
                        "{\"text\":\"" + CANARY + "\"" + " ".repeat(5 * 1024 * 1024) + "}");
            default -> throw new IllegalStateException(this + " has no answer");
        };
    }

    private static String error() {
        return "{\"errors\":[\"" + CANARY + "\"],\"message\":\"" + CANARY + "\"}";
    }

    private static String answer(String status, String type, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body;
    }
}
