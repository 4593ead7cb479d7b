package io.jenkins.plugins.awssecrets.measurement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A plugin that provides Jenkins with the credentials of Secrets Manager: this one, or
 * {@code aws-secrets-manager-credentials-provider}, which is no dependency and comes from a file.
 *
 * @param file the other plugin's; empty for this plugin, which the tests install
 */
record Provider(String name, Optional<Path> file) {
    private static final String OTHER = "aws-secrets-manager-credentials-provider";

    static Provider ours() {
        return new Provider("aws-secrets", Optional.empty());
    }

    /** Empty where no file is named, and where what is named is no file. */
    static Optional<Provider> other() {
        return Optional.of(System.getProperty("measurement.peer", ""))
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .filter(Files::isRegularFile)
                .map(file -> new Provider(OTHER, Optional.of(file)));
    }

    /** @param plugins directory of a Jenkins that is not running yet, where the tests have put this plugin */
    void install(Path plugins) {
        file.ifPresent(other -> {
            try {
                Files.delete(plugins.resolve("aws-secrets.jpl"));
                Files.copy(other, plugins.resolve(OTHER + ".jpi"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /**
     * Configuration as code that leads it to the secrets, and to nothing else.
     *
     * @param endpoint of Secrets Manager
     */
    String configuration(URI endpoint) {
        String yaml = file.isEmpty() ? """
            unclassified:
              awsSecrets:
                defaultSources: false
                sources:
                  - secretsManager: {id: sm, region: eu-west-1, endpoint: "%s"}
            """ : """
                unclassified:
                  awsCredentialsProvider:
                    client:
                      endpointUrl: "%s"
                      region: "eu-west-1"
                """;
        return yaml.formatted(endpoint);
    }
}
