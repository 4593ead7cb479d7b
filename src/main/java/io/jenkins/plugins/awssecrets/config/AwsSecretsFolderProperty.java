package io.jenkins.plugins.awssecrets.config;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.LevelDefinition;
import io.jenkins.plugins.awssecrets.catalog.LevelProvider;
import io.jenkins.plugins.awssecrets.config.credentials.CredentialConfiguration;
import io.jenkins.plugins.awssecrets.config.forms.FormPlace;
import io.jenkins.plugins.awssecrets.config.forms.Mistakes;
import io.jenkins.plugins.awssecrets.config.forms.ReadBack;
import io.jenkins.plugins.awssecrets.config.sources.SourceConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.SourcePlace;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * Sources and credentials of a folder: seen in it and below, nowhere else. Who may configure the folder and manage the
 * domains of its credentials may change them in its form; for anybody else a save of that form leaves them as they are.
 */
public final class AwsSecretsFolderProperty extends AbstractFolderProperty<AbstractFolder<?>> {
    private List<SourceConfiguration> sources = new ArrayList<>();
    private List<CredentialConfiguration> credentials = new ArrayList<>();
    private DiscoveryConfiguration discovery = new DiscoveryConfiguration(true);

    @DataBoundConstructor
    public AwsSecretsFolderProperty() {
        // All of it is set by setters.
    }

    private Object readResolve() {
        sources = ReadBack.list(sources, SourceConfiguration.class);
        credentials = ReadBack.list(credentials, CredentialConfiguration.class);
        setDiscovery(discovery);
        return this;
    }

    public List<SourceConfiguration> getSources() {
        return List.copyOf(sources);
    }

    /** @throws SecretException for a setting that is malformed, so that Job DSL says in which line */
    @DataBoundSetter
    public void setSources(List<SourceConfiguration> sources) {
        LevelCheck.checkSources(Util.fixNull(sources));
        this.sources = new ArrayList<>(Util.fixNull(sources));
    }

    public List<CredentialConfiguration> getCredentials() {
        return List.copyOf(credentials);
    }

    /** @throws SecretException for a reference that is malformed */
    @DataBoundSetter
    public void setCredentials(List<CredentialConfiguration> credentials) {
        LevelCheck.checkReferences(Util.fixNull(credentials));
        this.credentials = new ArrayList<>(Util.fixNull(credentials));
    }

    /** Whether the secrets of this folder's sources become credentials by their tags. */
    public DiscoveryConfiguration getDiscovery() {
        return discovery;
    }

    @DataBoundSetter
    public void setDiscovery(DiscoveryConfiguration discovery) {
        this.discovery = discovery == null ? new DiscoveryConfiguration(true) : discovery;
    }

    boolean isEmpty() {
        return sources.isEmpty() && credentials.isEmpty();
    }

    @Override
    public AbstractFolderProperty<?> reconfigure(StaplerRequest2 request, JSONObject form)
            throws Descriptor.FormException {
        return FormPlace.isOpen(owner) ? super.reconfigure(request, form) : this;
    }

    private LevelDefinition level() {
        return DeclaredLevel.of(
                sources.stream()
                        .map(source -> source.toSource(true, placeOf(owner)))
                        .toList(),
                credentials,
                discovery.isEnabled(),
                AwsSecretsConfiguration.get().lifetime());
    }

    /** A folder as the place of sources: what it was lent is asked for whenever one is made. */
    public static SourcePlace placeOf(AbstractFolder<?> folder) {
        return SourcePlace.of(folder, () -> AwsSecretsConfiguration.get().lending());
    }

    /** Why sources of this folder are refused what they would use of the controller, by their ids. */
    Map<String, SecretException> refusals() {
        Map<String, SecretException> refusals = new LinkedHashMap<>();
        sources.forEach(
                source -> source.refusal(placeOf(owner)).ifPresent(why -> refusals.putIfAbsent(source.getId(), why)));
        return refusals;
    }

    /** Gives the catalog what a folder declares. */
    @Extension
    public static final class Level implements LevelProvider {
        @Override
        public Optional<LevelDefinition> definition(ItemGroup<?> place) {
            return place instanceof AbstractFolder<?> folder
                    ? of(folder).map(AwsSecretsFolderProperty::level)
                    : Optional.empty();
        }
    }

    public static Optional<AwsSecretsFolderProperty> of(AbstractFolder<?> folder) {
        return Optional.ofNullable(folder.getProperties().get(AwsSecretsFolderProperty.class));
    }

    @Extension
    @Symbol("awsSecrets")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.AwsSecretsFolderProperty_DisplayName();
        }

        /** @throws FormException saying which setting is malformed */
        @Override
        public AbstractFolderProperty<?> newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            AbstractFolder<?> folder = request == null ? null : request.findAncestorObject(AbstractFolder.class);
            if (!FormPlace.isOpen(folder)) {
                return null;
            }
            try {
                AwsSecretsFolderProperty property = (AwsSecretsFolderProperty) super.newInstance(request, form);
                if (property == null || property.isEmpty()) {
                    return null;
                }
                ItemGroup<?> above = folder == null ? Jenkins.get() : folder.getParent();
                new LevelCheck(Catalog.get().in(above).kinds()).check(property.sources, property.credentials);
                return property;
            } catch (RuntimeException | LinkageError e) {
                Optional<SecretException> mistake = Mistakes.in(e);
                if (mistake.isEmpty()) {
                    throw e;
                }
                throw new FormException(Mistakes.told(mistake.get()), "awsSecrets");
            }
        }

        /** Whether the form shows it to who looks at it. */
        public boolean isShown(Item folder) {
            return FormPlace.isOpen(folder);
        }
    }
}
