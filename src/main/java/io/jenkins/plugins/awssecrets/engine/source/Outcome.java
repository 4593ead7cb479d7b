package io.jenkins.plugins.awssecrets.engine.source;

import io.jenkins.plugins.awssecrets.engine.SecretException;

/** What came of one locator in a batch. */
public sealed interface Outcome {
    /** The backend gave it. */
    record Found(SecretPayload payload) implements Outcome {}

    /** It could not be had; the rest of the batch is not concerned. */
    record Failed(SecretException why) implements Outcome {}
}
