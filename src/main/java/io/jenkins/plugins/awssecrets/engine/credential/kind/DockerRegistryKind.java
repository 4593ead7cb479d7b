package io.jenkins.plugins.awssecrets.engine.credential.kind;

import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Set;

/** A login to a container registry. All of a block share one docker configuration. */
final class DockerRegistryKind extends CredentialKind {
    private static final String DOCKER_HUB = "docker.io";

    DockerRegistryKind() {
        super(
                "dockerRegistry",
                FieldSpec.plain("registry").optional().to("_REGISTRY").tagged(CredentialTags.REGISTRY),
                FieldSpec.plain("username").to("_USERNAME").tagged(CredentialTags.USERNAME),
                FieldSpec.secret("password").to("_PASSWORD"));
    }

    @Override
    public String defaultPrefix(String id) {
        return "DOCKER";
    }

    @Override
    public Set<String> shared() {
        return Set.of(Delivery.DOCKER_CONFIG);
    }

    @Override
    public void deliver(FieldValues values, Delivery to) {
        String registry = values.text("registry").orElse(DOCKER_HUB);
        to.variable("_REGISTRY", registry);
        to.registryLogin(registry, values.required("username"), values.required("password"));
    }

    @Override
    public boolean isObject(SourceKind source) {
        return true;
    }

    @Override
    public Set<String> otherNames() {
        return Set.of("docker");
    }
}
