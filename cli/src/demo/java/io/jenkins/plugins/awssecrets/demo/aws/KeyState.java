package io.jenkins.plugins.awssecrets.demo.aws;

/** What a service passes on from KMS when a key cannot be used by anybody (KMS API reference, Decrypt, Errors). */
public final class KeyState {
    private KeyState() {}

    /** @param state {@code disabled} or {@code pendingDeletion} */
    public static AwsError error(String keyArn, String state) {
        return switch (state) {
            case "disabled" -> AwsError.of("DisabledException", keyArn + " is disabled.");
            case "pendingDeletion" -> AwsError.of("KMSInvalidStateException", keyArn + " is pending deletion.");
            default ->
                throw new IllegalArgumentException(
                        "seed: a key's state is disabled or pendingDeletion, and not " + state);
        };
    }
}
