package io.jenkins.plugins.awssecrets.engine.binding;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Delivery;
import io.jenkins.plugins.awssecrets.engine.credential.kind.FieldSpec;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import io.jenkins.plugins.awssecrets.engine.masking.plain.OrdinaryWords;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.HiddenPayloads;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolutionException;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolvedCredential;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns bindings and a snapshot into variables, files and the list of what to mask.
 *
 * <p>Masked is every secret field, every value bound by its reference, and the documents that they came from. A field that
 * is no secret by its kind is shown wherever it is stored, so that a log still says which registry and which host.
 */
final class EnvironmentBuilder {
    private final Snapshot snapshot;
    private final Map<String, SecretValue> variables = new LinkedHashMap<>();
    private final List<BoundFile> files = new ArrayList<>();
    private final Set<String> sensitive = new LinkedHashSet<>();
    private final Set<SecretValue> secrets = new LinkedHashSet<>();
    private final Set<String> unmasked = new LinkedHashSet<>();
    private final Set<String> ordinary = new LinkedHashSet<>();
    private final DockerConfig docker = new DockerConfig();
    private final AwsProfiles profiles = new AwsProfiles();
    private final HiddenPayloads payloads;

    EnvironmentBuilder(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.payloads = new HiddenPayloads(snapshot);
    }

    BoundEnvironment build(List<BindingPlan.Binding> bindings) {
        List<SecretException> failures = new ArrayList<>();
        for (BindingPlan.Binding binding : bindings) {
            try {
                bind(binding);
            } catch (SecretException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw ResolutionException.of(failures);
        }
        if (!docker.isEmpty()) {
            files.add(new BoundFile(VariableNames.DOCKER_CONFIG, true, "docker/config.json", docker.content()));
            secrets.addAll(docker.secrets());
        }
        if (!profiles.isEmpty()) {
            files.add(new BoundFile(AwsProfiles.VARIABLE, false, AwsProfiles.PATH, profiles.content()));
        }
        payloads.values().stream()
                .filter(value -> value.size() >= BoundEnvironment.SHORTEST_MASKED)
                .forEach(secrets::add);
        return new BoundEnvironment(variables, files, sensitive, secrets, unmasked, ordinary);
    }

    private void bind(BindingPlan.Binding binding) {
        if (binding instanceof BindingPlan.Binding.OfCredential credential) {
            ResolvedCredential resolved = ResolvedCredential.of(credential.definition(), snapshot);
            if (credential.masked()) {
                bind(resolved, credential.prefix());
            } else {
                bindUnmasked(resolved, credential.prefix());
            }
        } else if (binding instanceof BindingPlan.Binding.OfReference secret) {
            SecretValue value = snapshot.value(secret.reference(), true, secret.allowEmpty());
            if (secret.masked()) {
                payloads.add(secret.reference());
                secretVariable(secret.variable(), value);
            } else {
                payloads.addShown(secret.reference(), value);
                variables.put(secret.variable(), value);
            }
        } else if (binding instanceof BindingPlan.Binding.OfMember member) {
            payloads.add(member.from());
            secretVariable(member.variable(), member.value());
        }
    }

    private void bind(ResolvedCredential credential, String prefix) {
        CredentialKind kind = credential.definition().kind();
        Optional<Reference> made = credential.definition().made();
        Optional<Minting> minting = made.flatMap(reference -> Minting.of(reference.locator()));
        for (FieldSpec field : kind.fields()) {
            field.variable()
                    .filter(suffix ->
                            minting.map(m -> kind.isVariable(field, m)).orElse(true))
                    .ifPresent(suffix -> credential
                            .value(field.name())
                            .ifPresent(value -> field(credential, field, prefix + suffix, value)));
        }
        Block block = new Block(prefix);
        kind.deliver(credential, block);
        minting.ifPresent(m -> kind.deliverMade(
                m,
                JsonTree.read(snapshot.payload(made.orElseThrow()).value().bytes())
                        .orElseGet(JsonTree::object),
                credential,
                block));
        payloads.add(credential);
        // What is stored may differ from what is delivered, and both are the secret.
        credential.secrets().stream()
                .filter(value -> value.size() >= BoundEnvironment.SHORTEST_MASKED)
                .forEach(secrets::add);
    }

    /** A credential of one field, which who binds it knows to be no secret. */
    private void bindUnmasked(ResolvedCredential credential, String prefix) {
        for (FieldSpec field : credential.definition().kind().fields()) {
            credential.value(field.name()).ifPresent(value -> {
                field.variable().ifPresent(suffix -> variables.put(prefix + suffix, value));
                credential
                        .definition()
                        .reference(field.name())
                        .ifPresent(reference -> payloads.addShown(reference, value));
            });
        }
    }

    private void field(ResolvedCredential credential, FieldSpec field, String variable, SecretValue value) {
        if (credential.isShown(field)) {
            variables.put(variable, value);
        } else {
            secretVariable(variable, value);
        }
    }

    private void secretVariable(String variable, SecretValue value) {
        variables.put(variable, value);
        sensitive.add(variable);
        if (value.size() >= BoundEnvironment.SHORTEST_MASKED) {
            secrets.add(value);
            if (value.isText() && OrdinaryWords.contain(value.reveal())) {
                ordinary.add(variable);
            }
        } else if (!value.isEmpty()) {
            unmasked.add(variable);
        }
    }

    /** Takes what a credential gives under one prefix. */
    private final class Block implements Delivery {
        private final String prefix;

        private Block(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public void variable(String suffix, String text) {
            variables.putIfAbsent(prefix + suffix, SecretValue.of(text));
        }

        @Override
        public void file(String suffix, String name, SecretValue content) {
            files.add(new BoundFile(prefix + suffix, false, prefix + "/" + name, content));
            if (content.size() >= BoundEnvironment.SHORTEST_MASKED) {
                secrets.add(content);
            }
        }

        @Override
        public void directory(String suffix, String name, SecretValue content) {
            files.add(new BoundFile(prefix + suffix, true, prefix + suffix + "/" + name, content));
        }

        @Override
        public void awsProfile(String suffix, SecretValue printed, Optional<String> region) {
            String file = AwsProfiles.file(prefix);
            String name = AwsProfiles.name(prefix);
            files.add(new BoundFile(prefix + suffix, false, file, printed, true));
            secrets.add(printed);
            variable(suffix, name);
            profiles.add(new AwsProfiles.Profile(name, file, region, prefix.equals("AWS")));
        }

        @Override
        public void registryLogin(String registry, SecretValue username, SecretValue password) {
            docker.add(registry, username, password);
        }
    }
}
