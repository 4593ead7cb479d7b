package io.jenkins.plugins.awssecrets.step.binding;

import hudson.EnvVars;
import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.builds.WaitNotice;
import io.jenkins.plugins.awssecrets.credentials.InstallationTokens;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.binding.BindingPlan;
import io.jenkins.plugins.awssecrets.engine.binding.BoundEnvironment;
import io.jenkins.plugins.awssecrets.engine.binding.BoundFile;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Binds {@code _ID}, {@code _OWNER} and {@code _API_URI}, and {@code _TOKEN} to an installation token; or, where that is
 * asked for, {@code _PRIVATE_KEY_FILE} to a private file with the key that tokens are made with.
 */
public final class GitHubAppBinding extends CredentialBinding {
    private static final long serialVersionUID = 1L;

    private static final String KEY_FILE = "_PRIVATE_KEY_FILE";

    private boolean privateKeyFile;

    @DataBoundConstructor
    public GitHubAppBinding(String credentialsId) {
        super(credentialsId);
    }

    /** Whether the block gets the app's private key in the place of a token. */
    public boolean isPrivateKeyFile() {
        return privateKeyFile;
    }

    @DataBoundSetter
    public void setPrivateKeyFile(boolean privateKeyFile) {
        this.privateKeyFile = privateKeyFile;
    }

    @Override
    public Use addTo(BindingPlan plan, JobView view) {
        Use use = super.addTo(plan, view);
        if (makesSession()) {
            plan.made(token(), kind(), getCredentialsId());
        }
        return use;
    }

    private String token() {
        return prefix() + "_TOKEN";
    }

    @Override
    public boolean makesSession() {
        return !privateKeyFile;
    }

    /** The key stays on the controller: the block has the token alone. */
    @Override
    public BindingSession session(BoundEnvironment bound, EnvVars around, Run<?, ?> run, boolean files) {
        Map<String, SecretValue> fields = new LinkedHashMap<>();
        kind().fields().forEach(field -> field.variable()
                .flatMap(suffix -> Optional.ofNullable(bound.variables().get(prefix() + suffix)))
                .ifPresent(value -> fields.put(field.name(), value)));
        bound.files().stream()
                .filter(file -> file.variable().equals(prefix() + KEY_FILE))
                .map(BoundFile::content)
                .forEach(key -> fields.put("privateKey", key));
        Instant made = Instant.now();
        SecretValue token;
        try (WaitNotice ignored = WaitNotice.in(run, "GitHub")) {
            token = InstallationTokens.make(getCredentialsId(), fields, run);
        }
        return new BindingSession(
                bound.withoutFile(prefix() + KEY_FILE).withSecret(token(), token),
                Optional.of(made.plus(InstallationTokens.LIFE.dividedBy(2))),
                Set.of(token()));
    }

    @Override
    CredentialKind kind() {
        return Kinds.GITHUB_APP;
    }

    @Extension
    @Symbol("githubApp")
    public static final class DescriptorImpl extends CredentialBindingDescriptor {
        public DescriptorImpl() {
            super(Kinds.GITHUB_APP);
        }

        @Override
        public String getDisplayName() {
            return "GitHub App";
        }
    }
}
