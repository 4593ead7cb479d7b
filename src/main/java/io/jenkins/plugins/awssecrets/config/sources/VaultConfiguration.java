package io.jenkins.plugins.awssecrets.config.sources;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.config.authentication.AgentAuth;
import io.jenkins.plugins.awssecrets.config.authentication.CertificateAuth;
import io.jenkins.plugins.awssecrets.config.authentication.ChildTokensConfiguration;
import io.jenkins.plugins.awssecrets.config.authentication.ClientCertificateConfiguration;
import io.jenkins.plugins.awssecrets.config.authentication.EnvironmentAuth;
import io.jenkins.plugins.awssecrets.config.authentication.JwtAuth;
import io.jenkins.plugins.awssecrets.config.authentication.StoredCredentials;
import io.jenkins.plugins.awssecrets.config.authentication.VaultAuth;
import io.jenkins.plugins.awssecrets.config.forms.FieldCheck;
import io.jenkins.plugins.awssecrets.config.forms.Given;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.config.forms.ReadBack;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.MachineUse;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.vault.MountSetting;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultEnvironment;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSource;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultAddress;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** HashiCorp Vault, or OpenBao, as a source. */
public final class VaultConfiguration extends SourceConfiguration {
    private static final String NAMESPACE = "[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*";

    private String url;
    private String namespace;
    private VaultAuth auth;
    private String caCertificate;
    private String caCertificateFile;
    private ClientCertificateConfiguration clientCertificate;
    private List<MountConfiguration> mounts;
    private ChildTokensConfiguration perBuild;

    /** @param id what references begin with; {@code vault} when empty */
    @DataBoundConstructor
    public VaultConfiguration(String id) {
        super(id, SourceKind.VAULT);
    }

    @Override
    public SourceKind kind() {
        return SourceKind.VAULT;
    }

    @Override
    protected Object readResolve() {
        setAuth(auth);
        setClientCertificate(clientCertificate);
        setMounts(ReadBack.list(mounts, MountConfiguration.class));
        setPerBuild(perBuild);
        return super.readResolve();
    }

    /** {@code null} for the environment variable {@code VAULT_ADDR}. */
    public String getUrl() {
        return url;
    }

    @DataBoundSetter
    public void setUrl(String url) {
        this.url = Util.fixEmptyAndTrim(url);
    }

    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(Util.fixNull(namespace).replaceAll("^[\\s/]+|[\\s/]+$", ""));
    }

    /** {@code null} for the environment variable {@code VAULT_TOKEN} or the file {@code ~/.vault-token}. */
    public VaultAuth getAuth() {
        return auth;
    }

    @DataBoundSetter
    public void setAuth(VaultAuth auth) {
        this.auth = auth instanceof EnvironmentAuth ? null : auth;
    }

    public String getCaCertificate() {
        return caCertificate;
    }

    @DataBoundSetter
    public void setCaCertificate(String caCertificate) {
        this.caCertificate = Util.fixEmptyAndTrim(caCertificate);
    }

    public String getCaCertificateFile() {
        return caCertificateFile;
    }

    @DataBoundSetter
    public void setCaCertificateFile(String caCertificateFile) {
        this.caCertificateFile = Util.fixEmptyAndTrim(caCertificateFile);
    }

    public ClientCertificateConfiguration getClientCertificate() {
        return clientCertificate;
    }

    @DataBoundSetter
    public void setClientCertificate(ClientCertificateConfiguration clientCertificate) {
        this.clientCertificate = clientCertificate == null || clientCertificate.isEmpty() ? null : clientCertificate;
    }

    /** Those that Vault is not asked about. */
    public List<MountConfiguration> getMounts() {
        return mounts == null ? List.of() : mounts;
    }

    @DataBoundSetter
    public void setMounts(List<MountConfiguration> mounts) {
        // XML names no class of the JDK for it.
        this.mounts = mounts == null || mounts.isEmpty() ? null : new ArrayList<>(mounts);
    }

    /** The tokens that builds read with; {@code null} where they read with the source's own, or by logins of their own. */
    public ChildTokensConfiguration getPerBuild() {
        return perBuild;
    }

    @DataBoundSetter
    public void setPerBuild(ChildTokensConfiguration perBuild) {
        this.perBuild = perBuild == null || perBuild.isEmpty() ? null : perBuild;
    }

    @Override
    Set<String> storedCredentials() {
        return Stream.of(
                        Optional.ofNullable(auth).map(VaultAuth::getCredentialsId),
                        Optional.ofNullable(clientCertificate).map(ClientCertificateConfiguration::getCredentialsId))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    @Override
    Map<String, String> addresses() {
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("url", url);
        return addresses;
    }

    @Override
    void checkSettings() {
        if (url != null) {
            checkedUrl(url);
        }
        if (namespace != null) {
            checkNamespace(namespace);
        }
        if (auth != null) {
            within("auth." + auth.symbol(), auth::check);
        }
        if (clientCertificate != null) {
            within("clientCertificate", clientCertificate::check);
        }
        if (perBuild != null) {
            within("perBuild", perBuild::toTokens);
            checkTokensOfBuilds();
        }
        if (auth instanceof CertificateAuth && clientCertificate == null) {
            throw Malformed.at("clientCertificate", "the authentication method TLS certificate needs it", "add it");
        }
        ca();
        for (int i = 0; i < getMounts().size(); i++) {
            within("mounts[" + i + "]", getMounts().get(i)::toSetting);
        }
    }

    private void checkTokensOfBuilds() {
        if (auth instanceof JwtAuth jwt && jwt.isPerBuild()) {
            throw Malformed.at("perBuild", "each build authenticates by itself already", "keep one of the two");
        }
        if (auth instanceof AgentAuth) {
            throw Malformed.at(
                    "perBuild",
                    "the token of an Agent takes the place of any other",
                    "choose another authentication method");
        }
    }

    /** An address of the web, or a unix socket's of an Agent. */
    private static URI checkedUrl(String text) {
        Optional<URI> socket = VaultAddress.parse(text).filter(VaultAddress::isOfSocket);
        URI url = socket.orElseGet(() -> Malformed.address("url", text));
        if (socket.isEmpty() && text.matches(".*/v1/?")) {
            throw Malformed.at("url", "it ends with /v1", "remove /v1");
        }
        return url;
    }

    private static void checkNamespace(String text) {
        if (!text.matches("/*" + NAMESPACE + "/*")) {
            throw Malformed.at("namespace", "it is not of the form parent/child", "write it without spaces");
        }
    }

    @Override
    Recipe recipe(SourceFilter filter, StoredCredentials stored) {
        VaultEnvironment environment = new VaultEnvironment(System.getenv());
        List<MountSetting> known =
                getMounts().stream().map(MountConfiguration::toSetting).toList();
        VaultSettings settings = new VaultSettings(
                        Optional.ofNullable(url)
                                .map(VaultConfiguration::checkedUrl)
                                .or(environment::address)
                                .orElseThrow(() -> missing("url", "VAULT_ADDR")),
                        Optional.ofNullable(namespace),
                        login(stored, environment),
                        ca().or(() -> url == null ? environment.ca() : Optional.empty()),
                        Optional.ofNullable(clientCertificate)
                                .map(own -> own.toIdentity(stored))
                                .or(() -> url == null ? environment.identity() : Optional.empty()),
                        JenkinsProxy.now().forVault(),
                        VaultSettings.CONNECT_TIMEOUT,
                        VaultSettings.REQUEST_TIMEOUT)
                .withMounts(known);
        VaultSettings ofBuilds =
                perBuild == null ? settings : settings.withChildTokens(stored.place(), perBuild.toTokens());
        Recipe recipe = Recipe.of(ofBuilds, () -> new VaultSource(getId(), ofBuilds, filter));
        return url == null
                ? recipe.using(new MachineUse.Variable("the Vault address of the controller's environment"))
                : recipe;
    }

    private VaultLogin login(StoredCredentials stored, VaultEnvironment environment) {
        return Optional.ofNullable(auth)
                .map(method -> method.login(stored))
                .or(environment::login)
                .orElseThrow(() -> missing("auth", "VAULT_TOKEN"));
    }

    private Optional<TextOrFile> ca() {
        return Given.textOrFile(Given.text(caCertificate), "caCertificateFile", caCertificateFile);
    }

    private static SecretException missing(String key, String variable) {
        return Malformed.at(key, "it is missing", "add it, or set the environment variable " + variable);
    }

    private static void within(String key, Runnable check) {
        try {
            check.run();
        } catch (SecretException e) {
            throw Malformed.within(key, e);
        }
    }

    @Extension
    @Symbol("vault")
    public static final class DescriptorImpl extends SourceDescriptor {
        public DescriptorImpl() {
            super(SourceKind.VAULT);
        }

        /** What the form shows where there is no {@code auth}. */
        public Descriptor<?> getDefaultAuth() {
            return Jenkins.get().getDescriptorOrDie(EnvironmentAuth.class);
        }

        @POST
        public FormValidation doCheckUrl(@AncestorInPath Item place, @QueryParameter String value) {
            return Addresses.check(place, value, VaultConfiguration::checkedUrl);
        }

        @POST
        public FormValidation doCheckNamespace(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.of(place, value, VaultConfiguration::checkNamespace);
        }

        @Override
        public String getDisplayName() {
            return Messages.VaultConfiguration_DisplayName();
        }
    }
}
