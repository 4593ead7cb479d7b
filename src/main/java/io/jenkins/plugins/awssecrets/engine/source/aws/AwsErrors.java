package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.Permission;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.ConnectionFailure;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.Denial;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Turns what the SDK throws, and the error codes in a batch's answer, into our texts. The SDK's own texts hold parts of
 * response bodies, so neither they nor the exceptions reach anybody: an error has no cause.
 */
public final class AwsErrors {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int PROXY_LOGIN = 407;
    private static final String NO_STAGE = "secret value for staging label: ";
    private static final String NO_VERSION = "secret value for VersionId: ";
    private static final String ROLE_ACTIONS = "sts:AssumeRole";

    private final String service;
    private final Place place;

    /** @param service how people call it, such as {@code Parameter Store} */
    public AwsErrors(String service, Place place) {
        this.service = service;
        this.place = place;
    }

    /**
     * What a failed call means.
     *
     * @param subject what failed: a reference or a source
     * @param access the permission the call needs
     */
    public SecretException of(Throwable failure, String subject, Access access) {
        List<Throwable> causes = causes(failure);
        for (Throwable cause : causes) {
            if (cause instanceof SecretException told) {
                SecretException again = new SecretException(told.problem(), subject, reasonIn(told), told.fix());
                return told.permission().map(again::lacking).orElse(again);
            } else if (cause instanceof AwsServiceException answer) {
                return ofAnswer(answer, subject, access);
            } else if (cause instanceof TimeoutException || cause instanceof ApiCallTimeoutException) {
                return problem(
                        Problem.TIMEOUT,
                        subject,
                        "no response from " + here() + " by the deadline",
                        "try again, or allow more time");
            } else if (cause instanceof AbortedException || cause instanceof InterruptedException) {
                return problem(Problem.ABORTED, subject, "interrupted while calling " + here(), "run it again");
            }
        }
        return ConnectionFailure.among(causes)
                .map(why -> unreachable(subject, why, place.proxyIn(causes)))
                .orElseGet(() -> unforeseen(causes, subject));
    }

    /**
     * What an error code in an answer means.
     *
     * @param message read by the patterns of {@link Denial} and for the marks of deletion, never passed on
     */
    public SecretException ofCode(String code, String message, int status, String subject, Access access) {
        return switch (ErrorCode.problemOf(code, status)) {
            case DENIED -> denied(code, Denial.in(message), subject, access);
            case UNAUTHENTICATED ->
                problem(
                        Problem.UNAUTHENTICATED,
                        subject,
                        here() + " does not accept the caller's credentials" + named(code),
                        "check the source's authentication (key, session token and their expiry) and this machine's"
                                + " clock");
            case NOT_FOUND -> notFound(message, subject);
            case THROTTLED ->
                problem(
                        Problem.THROTTLED,
                        subject,
                        here() + " throttles requests" + named(code) + ", and all retries failed",
                        "try again later, or raise the account's quota");
            case UNREACHABLE ->
                problem(
                        Problem.UNREACHABLE,
                        subject,
                        here() + " returned a server error (HTTP " + status + ")" + named(code),
                        "try again later");
            case DELETED -> deleted(subject);
            case MALFORMED ->
                problem(
                        Problem.MALFORMED,
                        subject,
                        here() + " rejected the request" + named(code),
                        "check that name, version and region are valid for this service");
            default -> strange(code, message, status, subject);
        };
    }

    /** An answer of the service that lacks what it always has: it is somebody else's, or was cut. */
    public SecretException incomplete(String subject) {
        return problem(
                Problem.UNREACHABLE,
                subject,
                here() + ": " + ConnectionFailure.MALFORMED.reason(),
                ConnectionFailure.MALFORMED.fix());
    }

    /** A secret that is marked for deletion. */
    public SecretException deleted(String subject) {
        return problem(
                Problem.DELETED,
                subject,
                "deleted, or scheduled for deletion, in " + service + " " + place,
                "restore it (secretsmanager:RestoreSecret) or refer to another one");
    }

    /** A secret without a value, or without the one that was asked for, is there all the same. */
    private SecretException notFound(String message, String subject) {
        if (message.endsWith(NO_STAGE + "AWSCURRENT")) {
            return problem(
                    Problem.NOT_FOUND,
                    subject,
                    "it has no value yet, in " + service + " " + place,
                    "write one (secretsmanager:PutSecretValue)");
        }
        if (message.contains(NO_STAGE) || message.contains(NO_VERSION)) {
            return problem(
                    Problem.NOT_FOUND,
                    subject,
                    "it exists, without the " + (message.contains(NO_STAGE) ? "stage" : "version id")
                            + " that was asked for, in " + service + " " + place,
                    "use a stage or version id that it has, or leave it out for the current one");
        }
        return problem(
                Problem.NOT_FOUND,
                subject,
                "no secret of this name or version in " + service + " " + place,
                "check the name (case-sensitive), the version and the source's region");
    }

    private SecretException ofAnswer(AwsServiceException answer, String subject, Access access) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(answer.awsErrorDetails());
        String code = details.map(AwsErrorDetails::errorCode).orElse("");
        String message = details.map(AwsErrorDetails::errorMessage).orElse("");
        if (answer.isThrottlingException() || answer.statusCode() == TOO_MANY_REQUESTS) {
            return ofCode("ThrottlingException", "", TOO_MANY_REQUESTS, subject, access);
        }
        return ofCode(code, message, answer.statusCode(), subject, access);
    }

    private SecretException denied(String code, Denial denial, String subject, Access access) {
        Access needed = denial.account().map(access::inAccount).orElse(access);
        String because = denial.deniedBy()
                .map(policy -> ", by an explicit deny in " + (policy.startsWith("i") ? "an " : "a ") + policy)
                .orElse("");
        if (ErrorCode.isOfUnusableKey(code)) {
            return problem(
                    Problem.DENIED,
                    subject,
                    "its KMS key cannot be used: it is disabled, pending deletion or gone" + named(code),
                    "enable the key (kms:EnableKey), cancel its deletion (kms:CancelKeyDeletion), or store the value"
                            + " again under another key");
        }
        if (denial.kms() || ErrorCode.isOfKey(code)) {
            return problem(
                            Problem.DENIED,
                            subject,
                            "its KMS key may not be used" + named(code) + because,
                            fix(
                                    denial,
                                    "kms:Decrypt on "
                                            + denial.kmsKey()
                                                    .map(key -> "key " + key)
                                                    .orElse("its key"),
                                    ", in the caller's and the key's policy, and check that the key is enabled"))
                    .lacking(new Permission("kms:Decrypt", denial.kmsKey().orElse("*")));
        }
        String action = denial.action().orElse(access.action());
        String resource = action.equals(access.action()) ? needed.resource() : "*";
        return problem(
                        Problem.DENIED,
                        subject,
                        "access denied by " + here() + because,
                        fix(
                                denial,
                                action + " on " + resource,
                                " to the source's caller"
                                        + (action.startsWith(ROLE_ACTIONS)
                                                ? ", and the caller in the role's trust policy"
                                                : "")))
                .lacking(new Permission(action, resource));
    }

    /** No allow beats an explicit deny. */
    private static String fix(Denial denial, String what, String toWhom) {
        return denial.deniedBy()
                .map(policy -> "remove the deny of " + what + " from the " + policy
                        + " (an allow elsewhere does not override it)")
                .orElse("allow " + what + toWhom);
    }

    /** An answer with a code that fits nothing: a deletion told in words, a proxy's page, or something new. */
    private SecretException strange(String code, String message, int status, String subject) {
        if (ErrorCode.saysDeleted(code, message)) {
            return deleted(subject);
        } else if (status == PROXY_LOGIN) {
            return problem(
                    Problem.UNREACHABLE,
                    subject,
                    "the proxy requires authentication",
                    "set the proxy's username and password");
        } else if (code.isEmpty()) {
            return problem(
                    Problem.UNREACHABLE,
                    subject,
                    here() + " answers HTTP " + status + " without an AWS error code",
                    "check that the endpoint is this service's and no proxy or firewall answers for it");
        }
        return problem(
                Problem.INTERNAL,
                subject,
                here() + " answers HTTP " + status + " with an unknown error" + named(code),
                "check that the endpoint is this service's");
    }

    private SecretException unreachable(String subject, ConnectionFailure why, Optional<String> proxy) {
        return proxy.map(address -> problem(
                        Problem.UNREACHABLE,
                        subject,
                        "proxy " + address + " before " + here() + ": " + why.reason(),
                        "check HTTPS_PROXY, HTTP_PROXY and NO_PROXY, or the proxy that is configured"))
                .orElseGet(() -> problem(Problem.UNREACHABLE, subject, here() + ": " + why.reason(), why.fix()));
    }

    private SecretException unforeseen(List<Throwable> causes, String subject) {
        // What the rules of AWS' endpoints refuse, in AWS' words, begins so.
        if (causes.stream()
                .map(cause -> String.valueOf(cause.getMessage()))
                .anyMatch(text -> text.contains("Invalid Configuration: "))) {
            return problem(
                    Problem.MALFORMED,
                    subject,
                    here() + ": a custom endpoint excludes FIPS and dual-stack",
                    "remove the endpoint, or AWS_USE_FIPS_ENDPOINT, AWS_USE_DUALSTACK_ENDPOINT and what the profile"
                            + " has for them");
        }
        String names = String.join(
                ", ",
                causes.stream().map(cause -> cause.getClass().getSimpleName()).toList());
        return problem(
                Problem.INTERNAL,
                subject,
                "the AWS client failed (" + names + ")",
                "report this as a defect, with the steps to reproduce it");
    }

    private String here() {
        return service + " " + place;
    }

    private static String named(String code) {
        return ErrorCode.isKnown(code) ? " (" + code + ")" : "";
    }

    private static String reasonIn(SecretException told) {
        return told.subject() + ": " + told.reason();
    }

    private static SecretException problem(Problem problem, String subject, String reason, String fix) {
        return new SecretException(problem, subject, reason, fix);
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable at = failure; at != null && !causes.contains(at); at = at.getCause()) {
            causes.add(at);
        }
        return causes;
    }
}
