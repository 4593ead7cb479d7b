package io.jenkins.plugins.awssecrets.config.authentication;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.config.forms.FieldCheck;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.aws.AssumeRole;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A role to assume with the keys before it. */
public final class AssumeRoleConfiguration extends AbstractDescribableImpl<AssumeRoleConfiguration> {
    /** The bounds of <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>. */
    static final int SHORTEST_SECONDS = 900;

    static final int LONGEST_SECONDS = 43_200;

    private final String roleArn;
    private String externalId;
    private String sessionName;
    private Integer durationSeconds;

    @DataBoundConstructor
    public AssumeRoleConfiguration(String roleArn) {
        this.roleArn = Util.fixEmptyAndTrim(roleArn);
    }

    public String getRoleArn() {
        return roleArn;
    }

    public String getExternalId() {
        return externalId;
    }

    @DataBoundSetter
    public void setExternalId(String externalId) {
        this.externalId = Util.fixEmptyAndTrim(externalId);
    }

    public String getSessionName() {
        return sessionName;
    }

    @DataBoundSetter
    public void setSessionName(String sessionName) {
        this.sessionName = Util.fixEmptyAndTrim(sessionName);
    }

    public Integer getDurationSeconds() {
        return durationSeconds;
    }

    /** @param durationSeconds {@code null} for the service's hour */
    @DataBoundSetter
    public void setDurationSeconds(Integer durationSeconds) {
        this.durationSeconds = durationSeconds;
    }

    public AssumeRole toRole() {
        String arn = Malformed.required("roleArn", roleArn);
        part("roleArn", () -> AssumeRole.of(arn));
        Optional<String> external = Optional.ofNullable(externalId);
        part("externalId", () -> new AssumeRole(arn, external, Optional.empty(), Optional.empty()));
        return new AssumeRole(
                arn,
                external,
                Optional.ofNullable(sessionName),
                Malformed.seconds("durationSeconds", durationSeconds, SHORTEST_SECONDS, LONGEST_SECONDS));
    }

    private static void checkExternalId(String text) {
        // Any role will do: it is the id that is checked.
        new AssumeRole("arn:aws:iam::000000000000:role/any", Optional.of(text), Optional.empty(), Optional.empty());
    }

    private static void checkDuration(String text) {
        int seconds = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        Malformed.seconds("durationSeconds", seconds, SHORTEST_SECONDS, LONGEST_SECONDS);
    }

    private static void part(String key, Runnable check) {
        try {
            check.run();
        } catch (SecretException e) {
            throw Malformed.at(key, e.reason(), e.fix());
        }
    }

    @Extension
    @Symbol("role")
    public static final class DescriptorImpl extends Descriptor<AssumeRoleConfiguration> {
        @POST
        public FormValidation doCheckRoleArn(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.of(place, value, AssumeRole::of);
        }

        @POST
        public FormValidation doCheckExternalId(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.of(place, value, AssumeRoleConfiguration::checkExternalId);
        }

        @POST
        public FormValidation doCheckDurationSeconds(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.of(place, value, AssumeRoleConfiguration::checkDuration);
        }

        @Override
        public String getDisplayName() {
            return Messages.AssumeRoleConfiguration_DisplayName();
        }
    }
}
