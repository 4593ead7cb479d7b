package io.jenkins.plugins.awssecrets.engine.credential.kind;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.util.Optional;

/** Takes what a credential gives to a block. Names of variables are given by what comes after the prefix. */
public interface Delivery {
    /** Docker reads its configuration's directory from this name only, whatever the prefix. */
    String DOCKER_CONFIG = "DOCKER_CONFIG";

    /** AWS' tools read their configuration from the file that this name has, whatever the prefix. */
    String AWS_CONFIG_FILE = "AWS_CONFIG_FILE";

    /** A variable that is no secret, where no field set it. */
    void variable(String suffix, String text);

    /**
     * A private file, masked.
     *
     * @param suffix of the variable that gets its path
     * @param name of the file, without directories
     */
    void file(String suffix, String name, SecretValue content);

    /**
     * A private file with a name that a tool looks for. It is not masked: what is secret in it is a secret field.
     *
     * @param suffix of the variable that gets the path of its directory, which several may share
     * @param name of the file, without directories
     */
    void directory(String suffix, String name, SecretValue content);

    /**
     * A profile of AWS' tools, whose keys are renewed for as long as the block lasts.
     *
     * @param suffix of the variable that gets its name
     * @param printed what its {@code credential_process} prints
     */
    void awsProfile(String suffix, SecretValue printed, Optional<String> region);

    /** A login of docker's, beside those of the block's other registries. */
    void registryLogin(String registry, SecretValue username, SecretValue password);
}
