package io.jenkins.plugins.awssecrets.engine.credential.kind;

/** What a highly sensitive secret opens: how often it is to rotate depends on it. */
public enum Sensitivity {
    DATABASE,
    CERTIFICATE,
    /** Access keys and other tokens that open a whole account. */
    TOKEN
}
