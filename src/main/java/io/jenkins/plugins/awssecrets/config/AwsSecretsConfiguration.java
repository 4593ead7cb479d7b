package io.jenkins.plugins.awssecrets.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.LevelDefinition;
import io.jenkins.plugins.awssecrets.catalog.LevelProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The sources and credentials of the whole Jenkins. */
@Extension
@Symbol("awsSecrets")
public class AwsSecretsConfiguration extends GlobalConfiguration {
    private List<SourceConfiguration> sources = new ArrayList<>();
    private List<CredentialConfiguration> credentials = new ArrayList<>();
    private DiscoveryConfiguration discovery = new DiscoveryConfiguration(true);
    private String metadataCache = Lifetime.DEFAULT;

    public AwsSecretsConfiguration() {
        load();
    }

    public static AwsSecretsConfiguration get() {
        return ExtensionList.lookupSingleton(AwsSecretsConfiguration.class);
    }

    public List<SourceConfiguration> getSources() {
        return List.copyOf(sources);
    }

    @DataBoundSetter
    public void setSources(List<SourceConfiguration> sources) {
        this.sources = new ArrayList<>(Util.fixNull(sources));
        changed();
    }

    public List<CredentialConfiguration> getCredentials() {
        return List.copyOf(credentials);
    }

    @DataBoundSetter
    public void setCredentials(List<CredentialConfiguration> credentials) {
        this.credentials = new ArrayList<>(Util.fixNull(credentials));
        changed();
    }

    public DiscoveryConfiguration getDiscovery() {
        return discovery;
    }

    @DataBoundSetter
    public void setDiscovery(DiscoveryConfiguration discovery) {
        this.discovery = discovery == null ? new DiscoveryConfiguration(true) : discovery;
        changed();
    }

    public String getMetadataCache() {
        return metadataCache;
    }

    @DataBoundSetter
    public void setMetadataCache(String metadataCache) {
        String text = Util.fixEmptyAndTrim(metadataCache);
        this.metadataCache = text == null ? Lifetime.DEFAULT : text;
        changed();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject json) throws FormException {
        // A form that shows no list leaves it out altogether.
        sources = new ArrayList<>();
        credentials = new ArrayList<>();
        request.bindJSON(this, json);
        changed();
        return true;
    }

    private void changed() {
        save();
        Catalog.get().reload();
    }

    private LevelDefinition level() {
        Set<String> ids = sources.stream().map(SourceConfiguration::getId).collect(Collectors.toSet());
        List<LevelDefinition.Source> all = Stream.concat(
                        sources.stream().map(source -> source.toSource(true, Jenkins.get())),
                        new DefaultSources(System.getenv()).all().filter(source -> !ids.contains(source.id())))
                .toList();
        return DeclaredLevel.of(
                all,
                credentials,
                discovery.isEnabled(),
                Lifetime.parse(metadataCache)
                        .orElseGet(() -> Lifetime.parse(Lifetime.DEFAULT).orElseThrow()));
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
