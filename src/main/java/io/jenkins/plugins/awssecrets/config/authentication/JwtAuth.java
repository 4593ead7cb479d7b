package io.jenkins.plugins.awssecrets.config.authentication;

import hudson.Extension;
import hudson.Util;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.config.forms.Given;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildText;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultRoles;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A JSON web token: a Jenkins secret text, a file, or typed here. */
public final class JwtAuth extends StoredAuth {
    private String role;
    private Secret jwt;
    private String jwtFile;
    private boolean perBuild;
    private String tokenVariable;

    @DataBoundConstructor
    public JwtAuth() {
        // All of it is set by setters.
    }

    public String getRole() {
        return role;
    }

    @DataBoundSetter
    public void setRole(String role) {
        this.role = Util.fixEmptyAndTrim(role);
    }

    public Secret getJwt() {
        return jwt;
    }

    @DataBoundSetter
    public void setJwt(Secret jwt) {
        this.jwt = Given.secret(jwt);
    }

    public String getJwtFile() {
        return jwtFile;
    }

    @DataBoundSetter
    public void setJwtFile(String jwtFile) {
        this.jwtFile = Util.fixEmptyAndTrim(jwtFile);
    }

    /** Whether each build authenticates by itself, with the ID token that the credential gives it. */
    public boolean isPerBuild() {
        return perBuild;
    }

    @DataBoundSetter
    public void setPerBuild(boolean perBuild) {
        this.perBuild = perBuild;
    }

    /** The environment variable that the command line takes the token from; Jenkins does not read it. */
    public String getTokenVariable() {
        return tokenVariable;
    }

    @DataBoundSetter
    public void setTokenVariable(String tokenVariable) {
        this.tokenVariable = Util.fixEmptyAndTrim(tokenVariable);
    }

    @Override
    public void check() {
        if (perBuild) {
            Malformed.required("credentialsId", getCredentialsId());
            buildRole();
        } else if (role != null && BuildText.isIn(role)) {
            throw Malformed.at("role", "it names the build, which authenticates not by itself", "set perBuild: true");
        }
        oneOf("jwt", getCredentialsId(), jwt, jwtFile, true);
        Given.textOrFile(Given.value(jwt), "jwtFile", jwtFile);
    }

    private Optional<BuildText> buildRole() {
        return Optional.ofNullable(role).map(VaultRoles::jwt);
    }

    @Override
    public VaultLogin login(StoredCredentials stored) {
        if (perBuild) {
            return new VaultLogin.BuildJwt(
                    mountOr(VaultLogin.Jwt.MOUNT), buildRole(), stored.place(), getCredentialsId());
        }
        Optional<SecretValue> text =
                getCredentialsId() == null ? Given.value(jwt) : Optional.of(stored.textOrPassword(getCredentialsId()));
        return new VaultLogin.Jwt(
                mountOr(VaultLogin.Jwt.MOUNT),
                Optional.ofNullable(role),
                Given.textOrFile(text, "jwtFile", jwtFile).orElseThrow());
    }

    @Extension(ordinal = 60)
    @Symbol("jwt")
    public static final class DescriptorImpl extends VaultAuthDescriptor {
        @Override
        ListBoxModel credentials(Choices choices, String chosen) {
            return choices.textsAndUsernamePasswords(chosen);
        }

        @Override
        public String getDisplayName() {
            return Messages.JwtAuth_DisplayName();
        }
    }
}
