package io.jenkins.plugins.awssecrets.credentials;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.time.Duration;
import java.util.Map;

/** Makes installation tokens of GitHub Apps; there only while the plugin that knows how is. */
public abstract class InstallationTokens implements ExtensionPoint {
    /** GitHub sets it, for all of them. */
    public static final Duration LIFE = Duration.ofHours(1);

    /**
     * A token for the repositories that the build may use. Blocks on the network.
     *
     * @param id of the credential
     * @param fields of the kind {@code githubApp}
     * @throws SecretException when GitHub gives none, or cannot be asked
     */
    public static SecretValue make(String id, Map<String, SecretValue> fields, Run<?, ?> run) {
        return ExtensionList.lookup(InstallationTokens.class).stream()
                .findFirst()
                .orElseThrow(() -> new SecretException(
                        Problem.MALFORMED,
                        subject(id),
                        "its installation tokens need the plugin GitHub Branch Source, which is not installed",
                        "install the plugin, or bind the private key itself with privateKeyFile: true"))
                .token(id, fields, run);
    }

    abstract SecretValue token(String id, Map<String, SecretValue> fields, Run<?, ?> run);

    static String subject(String id) {
        return "githubApp '" + id + "'";
    }
}
