package io.jenkins.plugins.awssecrets.config;

import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.LevelDefinition;
import io.jenkins.plugins.awssecrets.catalog.LevelProvider;
import io.jenkins.plugins.awssecrets.catalog.SourceLoans;
import io.jenkins.plugins.awssecrets.config.credentials.CredentialConfiguration;
import io.jenkins.plugins.awssecrets.config.forms.FieldCheck;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.config.forms.Mistakes;
import io.jenkins.plugins.awssecrets.config.forms.ReadBack;
import io.jenkins.plugins.awssecrets.config.sources.DefaultSources;
import io.jenkins.plugins.awssecrets.config.sources.FolderLoan;
import io.jenkins.plugins.awssecrets.config.sources.Lending;
import io.jenkins.plugins.awssecrets.config.sources.SourceConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.SourcePlace;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * The sources and credentials of the whole Jenkins. What is malformed is refused as a whole when it is saved, and what
 * was there before stays.
 */
@Extension
@Symbol("awsSecrets")
public class AwsSecretsConfiguration extends GlobalConfiguration {
    private List<SourceConfiguration> sources = new ArrayList<>();
    private List<CredentialConfiguration> credentials = new ArrayList<>();
    private DiscoveryConfiguration discovery = new DiscoveryConfiguration(true);
    private String metadataCache = Lifetime.DEFAULT;
    private boolean defaultSources = true;
    private List<FolderLoan> folders = new ArrayList<>();
    private transient volatile Saved saved;
    private final transient boolean draft;
    private boolean terseLog;

    /** What was saved last, and what is in use. */
    private record Saved(
            List<SourceConfiguration> sources,
            List<CredentialConfiguration> credentials,
            DiscoveryConfiguration discovery,
            String metadataCache,
            boolean defaultSources,
            List<FolderLoan> folders) {}

    private AwsSecretsConfiguration(Saved saved) {
        draft = true;
        this.saved = saved;
        restore();
    }

    public AwsSecretsConfiguration() {
        draft = false;
        load();
        sources = ReadBack.list(sources, SourceConfiguration.class);
        credentials = ReadBack.list(credentials, CredentialConfiguration.class);
        discovery = discovery == null ? new DiscoveryConfiguration(true) : discovery;
        folders = ReadBack.list(folders, FolderLoan.class);
        metadataCache = metadataCache == null || metadataCache.isBlank() ? Lifetime.DEFAULT : metadataCache;
        saved = current();
    }

    public static AwsSecretsConfiguration get() {
        return ExtensionList.lookupSingleton(AwsSecretsConfiguration.class);
    }

    public synchronized List<SourceConfiguration> getSources() {
        return List.copyOf(sources);
    }

    @DataBoundSetter
    public synchronized void setSources(List<SourceConfiguration> sources) {
        this.sources = new ArrayList<>(Util.fixNull(sources));
        save();
    }

    public synchronized List<CredentialConfiguration> getCredentials() {
        return List.copyOf(credentials);
    }

    @DataBoundSetter
    public synchronized void setCredentials(List<CredentialConfiguration> credentials) {
        this.credentials = new ArrayList<>(Util.fixNull(credentials));
        save();
    }

    public synchronized DiscoveryConfiguration getDiscovery() {
        return discovery;
    }

    @DataBoundSetter
    public synchronized void setDiscovery(DiscoveryConfiguration discovery) {
        this.discovery = discovery == null ? new DiscoveryConfiguration(true) : discovery;
        save();
    }

    /** How long metadata is fresh, such as {@code 5m}. */
    public synchronized String getMetadataCache() {
        return metadataCache;
    }

    @DataBoundSetter
    public synchronized void setMetadataCache(String metadataCache) {
        String text = Util.fixEmptyAndTrim(metadataCache);
        this.metadataCache = text == null ? Lifetime.DEFAULT : text;
        save();
    }

    /** Whether {@code ssm}, {@code sm} and {@code vault} are there without being configured. */
    public synchronized boolean isDefaultSources() {
        return defaultSources;
    }

    @DataBoundSetter
    public synchronized void setDefaultSources(boolean defaultSources) {
        this.defaultSources = defaultSources;
        save();
    }

    /** What of the controller folders may use. */
    public synchronized List<FolderLoan> getFolders() {
        return List.copyOf(folders);
    }

    @DataBoundSetter
    public synchronized void setFolders(List<FolderLoan> folders) {
        this.folders = new ArrayList<>(Util.fixNull(folders));
        save();
    }

    /** What folders are lent, as it was saved. */
    public Lending lending() {
        return new Lending(saved.folders());
    }

    /** The kinds of the sources that are there without being configured, by id. */
    public Map<String, SourceKind> defaultKinds() {
        return kinds(saved.defaultSources());
    }

    private static Map<String, SourceKind> kinds(boolean defaultSources) {
        return defaultSources ? DefaultSources.KINDS : Map.of();
    }

    /** How long metadata is fresh, as it was saved. */
    Duration lifetime() {
        return Lifetime.orDefault(saved.metadataCache());
    }

    /** Whether logs of builds leave out what a credential is read from, and its versions. */
    public synchronized boolean isTerseLog() {
        return terseLog;
    }

    @DataBoundSetter
    public synchronized void setTerseLog(boolean terseLog) {
        this.terseLog = terseLog;
        save();
    }

    @Override
    public String getDisplayName() {
        return Messages.AwsSecretsConfiguration_DisplayName();
    }

    @POST
    public FormValidation doCheckMetadataCache(@QueryParameter String value) {
        return FieldCheck.of(null, value, AwsSecretsConfiguration::checkLifetime);
    }

    /** @throws FormException saying which setting is malformed; nothing is saved then */
    @Override
    public synchronized boolean configure(StaplerRequest2 request, JSONObject json) throws FormException {
        try (BulkChange change = new BulkChange(this)) {
            // A form that shows no list leaves it out altogether.
            sources = new ArrayList<>();
            credentials = new ArrayList<>();
            folders = new ArrayList<>();
            request.bindJSON(this, json);
            change.commit();
            return true;
        } catch (SecretException e) {
            throw new FormException(Mistakes.told(e), "awsSecrets");
        } catch (IOException e) {
            throw new FormException("The configuration could not be written to disk", e, "awsSecrets");
        } finally {
            restore();
        }
    }

    /**
     * Checks, writes and puts to use what was set: from now on sources are made of it, and metadata is read anew.
     *
     * @throws SecretException ({@code MALFORMED}) with the path of the setting; what was saved before is back then
     */
    @Override
    public synchronized void save() {
        if (draft || BulkChange.contains(this)) {
            return;
        }
        try {
            check();
        } catch (SecretException e) {
            restore();
            throw e;
        }
        super.save();
        saved = current();
        // Who saves the form wants to see what there is now.
        Catalog.get().listAnew();
        Catalog.get().reload();
    }

    /** One that starts with what is in use, to try settings on: it is never saved or used. */
    public AwsSecretsConfiguration draft() {
        return new AwsSecretsConfiguration(saved);
    }

    /** Whether anything was ever saved. */
    boolean isSaved() {
        return getConfigFile().exists();
    }

    /** Takes back what was set and not saved. */
    public synchronized void restore() {
        sources = saved.sources();
        credentials = saved.credentials();
        discovery = saved.discovery();
        metadataCache = saved.metadataCache();
        defaultSources = saved.defaultSources();
        folders = saved.folders();
    }

    private synchronized Saved current() {
        return new Saved(sources, credentials, discovery, metadataCache, defaultSources, folders);
    }

    /** @throws SecretException ({@code MALFORMED}) with the path of the setting that is wrong */
    public synchronized void check() {
        new LevelCheck(kinds(defaultSources)).check(sources, credentials);
        LevelCheck.checkLoans(folders);
        checkLifetime(metadataCache);
    }

    private static void checkLifetime(String text) {
        if (Lifetime.parse(text).isEmpty()) {
            throw Malformed.at("metadataCache", Lifetime.REASON, Lifetime.FIX);
        }
    }

    private LevelDefinition level() {
        Saved now = saved;
        Set<String> ids = now.sources().stream().map(SourceConfiguration::getId).collect(Collectors.toSet());
        List<LevelDefinition.Source> all = Stream.concat(
                        now.sources().stream().map(source -> source.toSource(true, SourcePlace.ofJenkins())),
                        defaults(now.defaultSources()).filter(source -> !ids.contains(source.id())))
                .toList();
        return DeclaredLevel.of(all, now.credentials(), now.discovery().isEnabled(), lifetime());
    }

    private static Stream<LevelDefinition.Source> defaults(boolean wanted) {
        return wanted ? new DefaultSources(System.getenv()).all() : Stream.empty();
    }

    /** Tells the catalog which sources of Jenkins folders were lent. */
    @Extension
    public static final class Loans implements SourceLoans {
        @Override
        public boolean isLent(String sourceId, ItemGroup<?> folder) {
            return AwsSecretsConfiguration.get()
                    .lending()
                    .to(folder.getFullName())
                    .sources()
                    .contains(sourceId);
        }
    }

    /** Gives the catalog what Jenkins itself declares. */
    @Extension
    public static final class Level implements LevelProvider {
        @Override
        public Optional<LevelDefinition> definition(ItemGroup<?> place) {
            return place instanceof Jenkins
                    ? Optional.of(AwsSecretsConfiguration.get().level())
                    : Optional.empty();
        }
    }
}
