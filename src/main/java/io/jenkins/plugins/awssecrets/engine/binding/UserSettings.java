package io.jenkins.plugins.awssecrets.engine.binding;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/** What the tools of a block read of their user's without it, which a block's files add to. */
public record UserSettings(DockerHome docker, AwsHome aws) implements Serializable {
    /** What a bound file is to hold on this machine. */
    public SecretValue content(String variable, SecretValue bound, Path directory) throws IOException {
        return switch (variable) {
            case VariableNames.DOCKER_CONFIG -> docker.with(bound);
            case AwsProfiles.VARIABLE -> aws.with(bound, directory);
            default -> bound;
        };
    }
}
