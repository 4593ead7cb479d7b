package io.jenkins.plugins.awssecrets.config.sources;

import hudson.Util;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.config.authentication.AssumeRoleConfiguration;
import io.jenkins.plugins.awssecrets.config.authentication.StoredCredentials;
import io.jenkins.plugins.awssecrets.config.authentication.WebIdentityConfiguration;
import io.jenkins.plugins.awssecrets.config.forms.Given;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.config.forms.ReadBack;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.AssumeRole;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.aws.PerBuild;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.kohsuke.stapler.DataBoundSetter;

/** What Parameter Store and Secrets Manager have in common: where they are and who asks. */
public abstract class AwsSourceConfiguration extends SourceConfiguration {
    private String region;
    private String endpoint;
    private String stsEndpoint;
    private String profile;
    private String credentialsId;
    private String accessKeyId;
    private Secret secretAccessKey;
    private Secret sessionToken;
    private WebIdentityConfiguration webIdentity;
    private List<AssumeRoleConfiguration> assumeRole;
    private boolean fips;
    private boolean dualStack;

    protected AwsSourceConfiguration(String id, SourceKind kind) {
        super(id, kind);
    }

    @Override
    protected Object readResolve() {
        setAssumeRole(ReadBack.list(assumeRole, AssumeRoleConfiguration.class));
        return super.readResolve();
    }

    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    public String getEndpoint() {
        return endpoint;
    }

    @DataBoundSetter
    public void setEndpoint(String endpoint) {
        this.endpoint = Util.fixEmptyAndTrim(endpoint);
    }

    public String getStsEndpoint() {
        return stsEndpoint;
    }

    @DataBoundSetter
    public void setStsEndpoint(String stsEndpoint) {
        this.stsEndpoint = Util.fixEmptyAndTrim(stsEndpoint);
    }

    public String getProfile() {
        return profile;
    }

    @DataBoundSetter
    public void setProfile(String profile) {
        this.profile = Util.fixEmptyAndTrim(profile);
    }

    /** AWS credentials, or a user name with password that holds an access key, which Jenkins keeps. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public String getAccessKeyId() {
        return accessKeyId;
    }

    @DataBoundSetter
    public void setAccessKeyId(String accessKeyId) {
        this.accessKeyId = Util.fixEmptyAndTrim(accessKeyId);
    }

    public Secret getSecretAccessKey() {
        return secretAccessKey;
    }

    @DataBoundSetter
    public void setSecretAccessKey(Secret secretAccessKey) {
        this.secretAccessKey = Given.secret(secretAccessKey);
    }

    public Secret getSessionToken() {
        return sessionToken;
    }

    @DataBoundSetter
    public void setSessionToken(Secret sessionToken) {
        this.sessionToken = Given.secret(sessionToken);
    }

    public WebIdentityConfiguration getWebIdentity() {
        return webIdentity;
    }

    @DataBoundSetter
    public void setWebIdentity(WebIdentityConfiguration webIdentity) {
        this.webIdentity = webIdentity;
    }

    /** Roles to assume one after the other; mostly none or one. */
    public List<AssumeRoleConfiguration> getAssumeRole() {
        return assumeRole == null ? List.of() : assumeRole;
    }

    @DataBoundSetter
    public void setAssumeRole(List<AssumeRoleConfiguration> assumeRole) {
        this.assumeRole = assumeRole == null || assumeRole.isEmpty() ? null : new ArrayList<>(assumeRole);
    }

    public boolean isFips() {
        return fips;
    }

    @DataBoundSetter
    public void setFips(boolean fips) {
        this.fips = fips;
    }

    public boolean isDualStack() {
        return dualStack;
    }

    @DataBoundSetter
    public void setDualStack(boolean dualStack) {
        this.dualStack = dualStack;
    }

    /** @throws SecretException whose subject is the key of the setting that is wrong */
    AwsSettings settings(StoredCredentials stored) {
        AwsLogin login = credentialsId == null ? login(stored) : stored.aws(credentialsId);
        return new AwsSettings(
                        Optional.ofNullable(region),
                        Malformed.optionalAddress("endpoint", endpoint),
                        Malformed.optionalAddress("stsEndpoint", stsEndpoint),
                        login,
                        authenticatesBuilds() ? List.of() : roles(),
                        fips,
                        dualStack,
                        JenkinsProxy.now().forAws())
                .withSessionName(ControllerName.forSessions())
                .withPerBuild(perBuild(stored));
    }

    @Override
    Set<String> storedCredentials() {
        return credentialsId == null ? Set.of() : Set.of(credentialsId);
    }

    @Override
    Map<String, String> addresses() {
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("endpoint", endpoint);
        addresses.put("stsEndpoint", stsEndpoint);
        return addresses;
    }

    @Override
    void checkSettings() {
        if (region != null) {
            Malformed.region(region);
        }
        Malformed.optionalAddress("endpoint", endpoint);
        Malformed.optionalAddress("stsEndpoint", stsEndpoint);
        if (endpoint != null && (fips || dualStack)) {
            throw Malformed.at(
                    fips ? "fips" : "dualStack", "a custom endpoint excludes AWS' own", "remove this or the endpoint");
        }
        boolean key = accessKeyId != null || secretAccessKey != null || sessionToken != null;
        // Where builds authenticate themselves, the controller may have a login beside, to list with.
        boolean webIdentityOfFile = webIdentity != null && !webIdentity.isPerBuild();
        long ways = Stream.of(profile != null, credentialsId != null, key, webIdentityOfFile)
                .filter(way -> way)
                .count();
        if (ways > 1) {
            throw Malformed.at(
                    "",
                    "several authentication methods for AWS",
                    "keep one of profile, credentialsId, accessKeyId, webIdentity");
        }
        ownLogin(true);
        roles();
        lastRole();
    }

    /** In a folder, the controller's identity is lent for the roles of builds, and not to list with. */
    private AwsLogin login(StoredCredentials stored) {
        AwsLogin own = ownLogin(stored.ofJenkins());
        boolean forBuilds =
                !stored.ofJenkins() && roles().isEmpty() && lastRole().isPresent();
        return own instanceof AwsLogin.DefaultChain && forBuilds ? new AwsLogin.ForBuilds(own, stored::admit) : own;
    }

    /** @param ofJenkins whether it may be the controller's own where none is configured */
    private AwsLogin ownLogin(boolean ofJenkins) {
        if (profile != null) {
            return new AwsLogin.Profile(profile);
        }
        if (accessKeyId != null || secretAccessKey != null || sessionToken != null) {
            return accessKey();
        }
        if (webIdentity != null) {
            try {
                webIdentity.check();
                if (!webIdentity.isPerBuild()) {
                    return webIdentity.toLogin();
                }
            } catch (SecretException e) {
                throw Malformed.within("webIdentity", e);
            }
        }
        return authenticatesBuilds() && !ofJenkins ? new AwsLogin.None() : new AwsLogin.DefaultChain();
    }

    private boolean authenticatesBuilds() {
        return webIdentity != null && webIdentity.isPerBuild();
    }

    /** How builds read as themselves; empty where they read as the controller. */
    private Optional<PerBuild> perBuild(StoredCredentials stored) {
        Optional<PerBuild.Role> last = lastRole();
        if (!authenticatesBuilds()) {
            return last.map(role -> new PerBuild(Optional.empty(), List.of(), Optional.of(role)));
        }
        return Optional.of(new PerBuild(Optional.of(webIdentity.toBuildIdentity(stored)), roles(), last));
    }

    private Optional<PerBuild.Role> lastRole() {
        List<AssumeRoleConfiguration> all = getAssumeRole();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isPerBuild()) {
                String key = "assumeRole[" + i + "]";
                if (i + 1 < all.size()) {
                    throw Malformed.at(
                            key + ".perBuild", "only the last role can be assumed for each build", "set it there");
                }
                try {
                    return Optional.of(all.get(i).toBuildRole());
                } catch (SecretException e) {
                    throw Malformed.within(key, e);
                }
            }
        }
        return Optional.empty();
    }

    private AwsLogin accessKey() {
        if (accessKeyId == null || secretAccessKey == null) {
            throw Malformed.at(
                    accessKeyId == null ? "accessKeyId" : "secretAccessKey",
                    "half of an access key",
                    "set both accessKeyId and secretAccessKey");
        }
        return new AwsLogin.StaticKeys(
                accessKeyId,
                SecretValue.of(secretAccessKey.getPlainText()),
                Optional.ofNullable(sessionToken).map(token -> SecretValue.of(token.getPlainText())));
    }

    /** Without the one that each build assumes for itself. */
    private List<AssumeRole> roles() {
        List<AssumeRole> roles = new ArrayList<>();
        for (AssumeRoleConfiguration role : getAssumeRole()) {
            if (role.isPerBuild()) {
                continue;
            }
            try {
                roles.add(role.toRole());
            } catch (SecretException e) {
                throw Malformed.within("assumeRole[" + roles.size() + "]", e);
            }
        }
        return roles;
    }
}
