package io.jenkins.plugins.awssecrets.step.binding;

import com.cloudbees.plugins.credentials.CredentialsParameterValue;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import hudson.Util;
import hudson.model.ParametersAction;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.credentials.FetchedCredentials;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.Optional;

/**
 * A credentials parameter of a build, or of {@code input} in it, that a binding names in place of an id:
 * {@code ${NAME}}, or {@code NAME} alone, as {@code withCredentials} takes it.
 *
 * @param text what the binding says
 * @param id of the credential that was chosen
 * @param chosen whether a user chose it, and not the job's own default
 */
record CredentialsParameter(String text, String id, boolean chosen) {
    /** Empty where the text is an id. */
    static Optional<CredentialsParameter> of(Run<?, ?> run, String text) {
        boolean marked = text.startsWith("${") && text.endsWith("}");
        String name = marked ? text.substring(2, text.length() - 1) : text;
        Optional<CredentialsParameter> parameter = run.getActions(ParametersAction.class).stream()
                .map(action -> action.getParameter(name))
                .filter(CredentialsParameterValue.class::isInstance)
                .map(CredentialsParameterValue.class::cast)
                .map(value -> new CredentialsParameter(
                        text, Util.fixNull(value.getValue()).trim(), !value.isDefaultValue()))
                .findFirst();
        return parameter.isPresent() || !marked ? parameter : Optional.of(ofInput(run, text, name));
    }

    /** What was chosen in {@code input} only Jenkins knows, which gives it where the user who did may use it. */
    private static CredentialsParameter ofInput(Run<?, ?> run, String text, String name) {
        IdCredentials found = CredentialsProvider.findCredentialById(text, IdCredentials.class, run);
        if (FetchedCredentials.isOne(found)) {
            return new CredentialsParameter(text, found.getId(), false);
        }
        throw new SecretException(
                Problem.NOT_FOUND,
                "credentialsId '" + text + "'",
                "the build has no credentials parameter " + name,
                "add a credentials parameter with this name to the job, or set the id itself");
    }

    /**
     * Refuses what the user who chose it may not use: Jenkins asks for the permission Credentials/UseItem, which who
     * starts a build need not have.
     */
    void check(Run<?, ?> run) {
        // Found as an item's credential alone: a user's own one of the same id is not ours.
        if (chosen
                && !FetchedCredentials.isOne(CredentialsProvider.findCredentialById(text, IdCredentials.class, run))) {
            throw new SecretException(
                    Problem.REFUSED,
                    "credentialsId '" + text + "'",
                    "the user who chose '" + id + "' may not use the credentials of "
                            + run.getParent().getFullName(),
                    "grant this user the permission Credentials/UseItem, or choose the default of the parameter");
        }
    }
}
