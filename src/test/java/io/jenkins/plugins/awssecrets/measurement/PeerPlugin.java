package io.jenkins.plugins.awssecrets.measurement;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.ExtensionList;
import hudson.PluginManager;
import io.jenkins.plugins.awssecrets.Backends;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * The plugin {@code aws-secrets-manager-credentials-provider}, which is no dependency: loaded from a file, where there is
 * one, and configured as code.
 */
final class PeerPlugin {
    private static final String NAME = "aws-secrets-manager-credentials-provider";

    private final Path file;

    private PeerPlugin(Path file) {
        this.file = file;
    }

    /** Empty where no file is named, and where what is named is no file. */
    static Optional<PeerPlugin> found() {
        return Optional.of(System.getProperty("measurement.peer", ""))
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .filter(Files::isRegularFile)
                .map(PeerPlugin::new);
    }

    /**
     * Loads it into the running Jenkins, where it answers in the place of this plugin from then on.
     *
     * @param endpoint of Secrets Manager
     */
    void takeOver(URI endpoint) throws Exception {
        ExtensionList<CredentialsProvider> providers = ExtensionList.lookup(CredentialsProvider.class);
        providers.removeAll(providers.stream()
                .filter(provider -> provider.getClass().getName().startsWith("io.jenkins.plugins.awssecrets."))
                .toList());
        PluginManager plugins = Jenkins.get().getPluginManager();
        Path archive = plugins.rootDir.toPath().resolve(NAME + ".jpi");
        Files.copy(file, archive);
        plugins.dynamicLoad(archive.toFile());
        Backends.load("""
            unclassified:
              awsCredentialsProvider:
                client:
                  endpointUrl: "%s"
                  region: "eu-west-1"
            """.formatted(endpoint));
    }
}
