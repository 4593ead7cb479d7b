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
import io.jenkins.plugins.awssecrets.engine.identity.BuildText;
import io.jenkins.plugins.awssecrets.engine.source.aws.AssumeRole;
import io.jenkins.plugins.awssecrets.engine.source.aws.PerBuild;
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
    private boolean perBuild;
    private boolean tags;
    private boolean exactPolicy;

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

    /** Whether each build assumes it for itself. */
    public boolean isPerBuild() {
        return perBuild;
    }

    @DataBoundSetter
    public void setPerBuild(boolean perBuild) {
        this.perBuild = perBuild;
    }

    public boolean isTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(boolean tags) {
        this.tags = tags;
    }

    public boolean isExactPolicy() {
        return exactPolicy;
    }

    @DataBoundSetter
    public void setExactPolicy(boolean exactPolicy) {
        this.exactPolicy = exactPolicy;
    }

    /** The role that each build assumes for itself. */
    public PerBuild.Role toBuildRole() {
        BuildText arn = PerBuild.roleArn("roleArn", Malformed.required("roleArn", roleArn));
        if (sessionName != null) {
            throw Malformed.at(
                    "sessionName", "a session of a build is named after job and number", "remove it, or perBuild");
        }
        Optional<String> external = Optional.ofNullable(externalId);
        external.ifPresent(id -> part("externalId", () -> checkExternalId(id)));
        return new PerBuild.Role(
                arn,
                external,
                Malformed.seconds("durationSeconds", durationSeconds, SHORTEST_SECONDS, LONGEST_SECONDS),
                tags,
                exactPolicy);
    }

    public AssumeRole toRole() {
        String arn = Malformed.required("roleArn", roleArn);
        if (tags || exactPolicy) {
            throw Malformed.at(tags ? "tags" : "exactPolicy", "only the session of a build has it", "set perBuild too");
        }
        if (BuildText.isIn(arn)) {
            throw Malformed.at("roleArn", "it names the build, and perBuild is not set", "set perBuild");
        }
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
            return FieldCheck.of(place, value, text -> PerBuild.roleArn("roleArn", text));
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
