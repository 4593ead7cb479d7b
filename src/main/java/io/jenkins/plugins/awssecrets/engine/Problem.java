package io.jenkins.plugins.awssecrets.engine;

/** Why something could not be had: what callers branch on, where the text of an error is for people. */
public enum Problem {
    /** A reference or a configuration that breaks its grammar or names something the configuration lacks. */
    MALFORMED,
    /** No such parameter, secret, path or version. */
    NOT_FOUND,
    /** It was there and is deleted, destroyed or scheduled for deletion. */
    DELETED,
    /** The secret is there, the field asked for is not. */
    FIELD_MISSING,
    /** A field was asked for and the value is not JSON, or several keys and no field named. */
    WRONG_SHAPE,
    /** The value is binary where text is needed. */
    BINARY,
    /** The value is not what its field is for: a public key, a damaged key store, a passphrase that opens nothing. */
    UNSUITABLE,
    /** The value is empty and nobody declared that it may be. */
    EMPTY,
    /** The backend knows the caller and refuses, or a KMS key does. */
    DENIED,
    /** No rule of the configuration allows it to who asks; the backend was not asked. */
    REFUSED,
    /** The caller's own credentials are missing, wrong or expired. */
    UNAUTHENTICATED,
    /** No connection, an answer cut short, a server error. */
    UNREACHABLE,
    /** The backend asks to slow down and retries were used up. */
    THROTTLED,
    /** The deadline passed. */
    TIMEOUT,
    /** The caller was interrupted or aborted. */
    ABORTED,
    /** Anything else: a defect here or an answer nobody foresaw. */
    INTERNAL
}
