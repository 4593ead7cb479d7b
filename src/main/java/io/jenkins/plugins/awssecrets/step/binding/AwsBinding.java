package io.jenkins.plugins.awssecrets.step.binding;

import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.builds.WaitNotice;
import io.jenkins.plugins.awssecrets.config.sources.JenkinsProxy;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.binding.BindingPlan;
import io.jenkins.plugins.awssecrets.engine.binding.BoundEnvironment;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.source.aws.AssumeRole;
import io.jenkins.plugins.awssecrets.engine.source.aws.AssumedKeys;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Binds {@code _ACCESS_KEY_ID}, {@code _SECRET_ACCESS_KEY}, {@code _SESSION_TOKEN} and {@code _REGION}. */
public final class AwsBinding extends CredentialBinding {
    private static final long serialVersionUID = 1L;

    private String roleArn;
    private String externalId;

    @DataBoundConstructor
    public AwsBinding(String credentialsId) {
        super(credentialsId);
    }

    /** The role whose temporary keys the block gets in place of the credential's own; {@code null} for none. */
    public String getRoleArn() {
        return roleArn;
    }

    @DataBoundSetter
    public void setRoleArn(String roleArn) {
        this.roleArn = Util.fixEmptyAndTrim(roleArn);
    }

    /** What the role's trust policy asks for; {@code null} for nothing. */
    public String getExternalId() {
        return externalId;
    }

    @DataBoundSetter
    public void setExternalId(String externalId) {
        this.externalId = Util.fixEmptyAndTrim(externalId);
    }

    /** Of a role that the credential assumes, its declaration should say which one it is. */
    @Override
    public Use addTo(BindingPlan plan, JobView view) {
        Use use = super.addTo(plan, view);
        boolean made = use.credential()
                .filter(entry -> entry.definition().made().isPresent())
                .isPresent();
        if (made && roleArn != null) {
            throw new SecretException(
                    Problem.MALFORMED,
                    "aws '" + getCredentialsId() + "'",
                    "its keys are those of a role, and the block names another in roleArn",
                    "declare a credential for that role, and leave roleArn out");
        }
        return use;
    }

    @Override
    public boolean makesSession() {
        return roleArn != null;
    }

    @Override
    public BindingSession session(BoundEnvironment bound, EnvVars around, Run<?, ?> run, boolean files) {
        String prefix = prefix();
        Map<String, SecretValue> variables = bound.variables();
        AwsSettings settings = JenkinsProxy.now()
                .forAws()
                .map(AwsSettings.DEFAULTS::withProxy)
                .orElse(AwsSettings.DEFAULTS)
                .withLogin(new AwsLogin.StaticKeys(
                        variables.get(prefix + "_ACCESS_KEY_ID").reveal(),
                        variables.get(prefix + "_SECRET_ACCESS_KEY"),
                        Optional.ofNullable(variables.get(prefix + "_SESSION_TOKEN"))))
                .withChain(List.of(
                        new AssumeRole(roleArn, Optional.ofNullable(externalId), Optional.empty(), Optional.empty())))
                // CloudTrail shows by it which build did what.
                .withSessionName(run.getParent().getFullName() + "-" + run.getNumber());
        String region = Optional.ofNullable(variables.get(prefix + "_REGION"))
                .map(SecretValue::reveal)
                .orElseGet(() -> around.get(prefix + "_REGION", ""));
        Instant made = Instant.now();
        AssumedKeys keys;
        try (WaitNotice ignored = WaitNotice.in(run, "AWS STS")) {
            keys = AssumedKeys.assume(region.isEmpty() ? settings : settings.withRegion(region));
        }
        return new BindingSession(
                files
                        ? bound.withRenewedSession(
                                prefix, keys, Optional.of(region).filter(name -> !name.isEmpty()))
                        : bound.withSession(prefix, keys),
                keys.ends().map(end -> made.plus(Duration.between(made, end).dividedBy(2))),
                Set.of(prefix + "_ACCESS_KEY_ID", prefix + "_SECRET_ACCESS_KEY", prefix + "_SESSION_TOKEN"));
    }

    @Override
    CredentialKind kind() {
        return Kinds.AWS;
    }

    @Extension
    @Symbol("aws")
    public static final class DescriptorImpl extends CredentialBindingDescriptor {
        public DescriptorImpl() {
            super(Kinds.AWS);
        }

        @Override
        public String getDisplayName() {
            return "AWS access key";
        }
    }
}
