package io.jenkins.plugins.awssecrets.engine.source.vault;

import io.jenkins.plugins.awssecrets.engine.Permission;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultAnswer;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.AuthorizedCalls.Reply;

/** The errors of answers 400 to 499, apart from a secret that is not there. Vault's own texts stay out of them. */
final class Denials {
    private Denials() {}

    /**
     * @param subject what was asked for: a reference, or the source
     * @param capability what a policy must grant: {@code read}
     * @param path the path a policy must grant it on
     */
    static SecretException of(String subject, Reply reply, String capability, String path) {
        VaultAnswer answer = reply.answer();
        return switch (answer.status()) {
            case 403 -> denied(subject, reply, capability, path);
            case 400 ->
                answer.says("missing client token")
                        ? noToken(subject, path)
                        : new SecretException(
                                Problem.MALFORMED,
                                subject,
                                "Vault rejected the request for " + path + " as malformed (400)",
                                "check the path and the engine's settings");
            case 405 ->
                new SecretException(
                        Problem.MALFORMED,
                        subject,
                        "the engine does not support " + capability + " on " + path + " (405)",
                        "name a path that can be read");
            default ->
                new SecretException(
                        Problem.INTERNAL,
                        subject,
                        "Vault answers " + answer.status() + " for " + path,
                        "see Vault's audit log");
        };
    }

    private static SecretException denied(String subject, Reply reply, String capability, String path) {
        VaultAnswer answer = reply.answer();
        if (!reply.tokenIsValid() && (answer.says("invalid token") || answer.says("bad token"))) {
            return new SecretException(
                    Problem.UNAUTHENTICATED,
                    subject,
                    "Vault does not know the token (403): it has expired or was revoked",
                    "configure a new token, or an authentication method that creates its own");
        }
        if (answer.says("missing client token")) {
            return noToken(subject, path);
        }
        if (reply.ofBuild()) {
            String policies = String.join(", ", reply.token().policies());
            return new SecretException(
                            Problem.DENIED,
                            subject,
                            "permission denied (403): the build's token has the policies " + policies
                                    + ", and none of them allows it",
                            "grant one of them " + capability + " on " + path
                                    + "; a policy that does not exist, or whose template names what the build is not,"
                                    + " grants nothing")
                    .lacking(new Permission(capability, path));
        }
        return new SecretException(
                        Problem.DENIED,
                        subject,
                        "permission denied (403)",
                        "grant the token's policies " + capability + " on " + path
                                + (reply.tokenIsValid() ? "" : ", or configure a new token if this one has expired"))
                .lacking(new Permission(capability, path));
    }

    private static SecretException noToken(String subject, String path) {
        return new SecretException(
                Problem.UNAUTHENTICATED,
                subject,
                "no token reached Vault with the request for " + path,
                "let the Vault Agent add one (auto_auth with use_auto_auth_token), or configure the source's"
                        + " authentication");
    }
}
