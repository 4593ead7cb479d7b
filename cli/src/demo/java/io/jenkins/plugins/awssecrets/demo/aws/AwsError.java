package io.jenkins.plugins.awssecrets.demo.aws;

import io.jenkins.plugins.awssecrets.demo.Fault;

/** An error that an AWS service answers with. */
public final class AwsError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    public AwsError(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** 400, which most errors of the JSON services are. */
    public static AwsError of(String code, String message) {
        return new AwsError(400, code, message);
    }

    /** The common error of parameters that break a constraint of the API. */
    public static AwsError validation(String field, String constraint) {
        return of(
                "ValidationException",
                "1 validation error detected: Value at '" + field + "' failed to satisfy constraint: " + constraint);
    }

    /** This error with what the fault says in place. */
    public AwsError spoiled(Fault.ServiceError fault) {
        return new AwsError(
                fault.status().orElse(status),
                fault.code().orElse(code),
                fault.text().orElse(getMessage()));
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
