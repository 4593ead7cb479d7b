package io.jenkins.plugins.awssecrets.engine.credential.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.registry.DockerLogins;
import io.jenkins.plugins.awssecrets.engine.registry.RegistryAddress;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.minted.AwsMint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A login to a container registry. All of a block share one docker configuration. */
final class DockerRegistryKind extends CredentialKind {
    private static final String REGISTRY = "registry";
    private static final String DOCKER_HUB = "docker.io";

    DockerRegistryKind() {
        super(
                "dockerRegistry",
                FieldSpec.plain(REGISTRY, "server", "registryUrl", "registry_url")
                        .optional()
                        .to("_REGISTRY")
                        .tagged(CredentialTags.REGISTRY),
                FieldSpec.plain("username").to("_USERNAME").tagged(CredentialTags.USERNAME),
                FieldSpec.secret("password").to("_PASSWORD"));
    }

    /** A login to ECR, made by the source's own. */
    @Override
    public List<MintingWay> mintings() {
        return List.of(new MintingWay(
                AwsMint.ECR, true, List.of(REGISTRY), List.of("endpoint"), Set.of(REGISTRY, "username", "password")));
    }

    @Override
    public Minting minting(MintingWay way, Map<String, String> settings, Map<String, String> fields) {
        expected(REGISTRY, settings.get(REGISTRY)).ifPresent(expected -> {
            throw new SecretException(Problem.MALFORMED, REGISTRY, "it is not the address of a registry", expected);
        });
        return new Minting(way.name(), settings);
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
        String registry = values.text(REGISTRY).orElse(DOCKER_HUB);
        to.variable("_REGISTRY", registry);
        to.registryLogin(registry, values.required("username"), values.required("password"));
    }

    /** A docker configuration is taken apart. */
    @Override
    public JsonNode object(JsonNode stored, Map<String, String> given) {
        return DockerLogins.login(stored, Optional.ofNullable(given.get(REGISTRY)))
                .orElse(stored);
    }

    @Override
    public Optional<String> expected(String field, String text) {
        return field.equals(REGISTRY) && RegistryAddress.of(text).isEmpty()
                ? Optional.of("expected a host, perhaps with a port, such as registry.example:5000")
                : Optional.empty();
    }

    @Override
    public Map<String, SecretValue> delivered(FieldValues stored) {
        return stored.text(REGISTRY)
                .filter(registry -> !registry.isBlank())
                .map(registry -> Map.of(
                        REGISTRY,
                        SecretValue.of(RegistryAddress.of(registry)
                                .orElseThrow(() -> new SecretException(
                                        Problem.UNSUITABLE,
                                        REGISTRY,
                                        "it is not the address of a registry",
                                        "give its host, perhaps with a port, such as registry.example:5000"))
                                .text())))
                .orElse(Map.of());
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
