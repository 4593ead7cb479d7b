package io.jenkins.plugins.awssecrets.credentials;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.util.Map;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** Lets the plugin github-branch-source make them, as it does for its own credentials. */
@OptionalExtension(requirePlugins = "github-branch-source")
public final class BranchSourceTokens extends InstallationTokens {
    @Override
    SecretValue token(String id, Map<String, SecretValue> fields, Run<?, ?> run) {
        FetchedGitHubApp app =
                new FetchedGitHubApp(new Identity(CredentialsScope.GLOBAL, id, "", ""), new FixedValues(fields, false));
        try {
            // In a build of GitHub's own sources it is for the repository's owner.
            StandardUsernamePasswordCredentials login = (StandardUsernamePasswordCredentials) app.forRun(run);
            return SecretValue.of(login.getPassword().getPlainText());
        } catch (IllegalArgumentException | IllegalStateException e) {
            // Its message names the app and its owners; what GitHub answered is in the cause alone.
            throw failed(id, e.getMessage());
        } catch (RuntimeException e) {
            // Of the library below, whose message has GitHub's answer in it.
            throw failed(id, e.getClass().getSimpleName());
        }
    }

    private static SecretException failed(String id, String why) {
        return new SecretException(
                Problem.DENIED,
                subject(id),
                "GitHub gave no installation token (" + why + ")",
                "check appId, owner and apiUri, that the app is installed for the owner, and that GitHub can be"
                        + " reached from the controller");
    }
}
