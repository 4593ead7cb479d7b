package io.jenkins.plugins.awssecrets.engine.source.aws.calls;

import io.jenkins.plugins.awssecrets.engine.Problem;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The error codes of Parameter Store, Secrets Manager, STS and of AWS in general, as their API references list them. A
 * code that is not listed here is text of a response body and is not passed on.
 */
public final class ErrorCode {
    private static final int SERVER_ERROR = 500;

    private static final Set<String> OF_KEY = Set.of(
            "DecryptionFailure",
            "InvalidKeyId",
            "KMSAccessDeniedException",
            "KMSDisabledException",
            "KMSInvalidStateException",
            "KMSNotFoundException",
            "DisabledException");

    /** Of those, the ones that no permission fixes. */
    private static final Set<String> OF_UNUSABLE_KEY =
            Set.of("KMSDisabledException", "KMSInvalidStateException", "KMSNotFoundException", "DisabledException");

    private static final Map<String, Problem> PROBLEMS = Map.copyOf(Stream.of(
                    all(
                            Problem.DENIED,
                            "AccessDenied",
                            "AccessDeniedException",
                            "NotAuthorized",
                            "OptInRequired",
                            "RegionDisabledException",
                            "UnauthorizedOperation"),
                    OF_KEY.stream().collect(Collectors.toMap(code -> code, code -> Problem.DENIED)),
                    all(
                            Problem.UNAUTHENTICATED,
                            "AuthFailure",
                            "ExpiredToken",
                            "ExpiredTokenException",
                            "IDPRejectedClaim",
                            "IncompleteSignature",
                            "IncompleteSignatureException",
                            "InvalidAccessKeyId",
                            "InvalidClientTokenId",
                            "InvalidIdentityToken",
                            "InvalidSignatureException",
                            "MissingAuthenticationToken",
                            "MissingAuthenticationTokenException",
                            "RequestExpired",
                            "RequestTimeTooSkewed",
                            "SignatureDoesNotMatch",
                            "UnrecognizedClientException"),
                    all(
                            Problem.NOT_FOUND,
                            "ParameterNotFound",
                            "ParameterVersionNotFound",
                            "ResourceNotFoundException"),
                    all(
                            Problem.THROTTLED,
                            "LimitExceededException",
                            "PriorRequestNotComplete",
                            "RequestLimitExceeded",
                            "RequestThrottled",
                            "RequestThrottledException",
                            "Throttling",
                            "ThrottlingException",
                            "ThrottledException",
                            "TooManyRequestsException"),
                    all(
                            Problem.UNREACHABLE,
                            "IDPCommunicationError",
                            "InternalError",
                            "InternalFailure",
                            "InternalServerError",
                            "InternalServiceError",
                            "InternalServiceErrorException",
                            "RequestTimeout",
                            "RequestTimeoutException",
                            "ServiceUnavailable",
                            "ServiceUnavailableException"),
                    all(
                            Problem.MALFORMED,
                            "InvalidFilterKey",
                            "InvalidFilterOption",
                            "InvalidFilterValue",
                            "InvalidNextToken",
                            "InvalidNextTokenException",
                            "InvalidParameterException",
                            "InvalidParameterValue",
                            "InvalidResourceId",
                            "SerializationException",
                            "ValidationError",
                            "ValidationException"),
                    all(Problem.INTERNAL, "InvalidAction", "InvalidRequestException", "UnknownOperationException"))
            .flatMap(group -> group.entrySet().stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));

    private ErrorCode() {}

    private static Map<String, Problem> all(Problem problem, String... codes) {
        return Stream.of(codes).collect(Collectors.toMap(code -> code, code -> problem));
    }

    public static boolean isKnown(String code) {
        return PROBLEMS.containsKey(code);
    }

    /** What a code means; without a known one the HTTP status decides. */
    public static Problem problemOf(String code, int status) {
        return PROBLEMS.getOrDefault(code, status >= SERVER_ERROR ? Problem.UNREACHABLE : Problem.INTERNAL);
    }

    /** Whether the code tells of the KMS key that a value is encrypted with. */
    public static boolean isOfKey(String code) {
        return OF_KEY.contains(code);
    }

    /** Whether the code tells that the key is disabled, pending deletion or gone, whoever asks. */
    public static boolean isOfUnusableKey(String code) {
        return OF_UNUSABLE_KEY.contains(code);
    }

    /** Secrets Manager has no code of its own for a secret that is marked for deletion; its text says so. */
    public static boolean saysDeleted(String code, String message) {
        return code.equals("InvalidRequestException")
                && (message.contains("marked for deletion")
                        || message.contains("scheduled for deletion")
                        || message.contains("was deleted")
                        || message.contains("marked deleted"));
    }
}
