package io.jenkins.plugins.awssecrets.engine.binding;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.FieldValue;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Delivery;
import io.jenkins.plugins.awssecrets.engine.credential.kind.FieldSpec;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolutionException;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolvedCredential;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
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
 * <p>Masked is every secret field, every value bound by its reference, and everything a source keeps as confidential
 * (Secrets Manager, Vault, an SSM {@code SecureString}) that was read for them. A non-secret field that is a literal or
 * comes from a plain SSM parameter is shown, so that a log still says which registry and which host.
 */
final class EnvironmentBuilder {
    private final Snapshot snapshot;
    private final Map<String, SecretValue> variables = new LinkedHashMap<>();
    private final List<BoundFile> files = new ArrayList<>();
    private final Set<String> sensitive = new LinkedHashSet<>();
    private final Set<SecretValue> secrets = new LinkedHashSet<>();
    private final Set<String> unmasked = new LinkedHashSet<>();
    private final DockerConfig docker = new DockerConfig();
    private final AwsProfiles profiles = new AwsProfiles();

    EnvironmentBuilder(Snapshot snapshot) {
        this.snapshot = snapshot;
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
        for (SecretPayload payload : snapshot.payloads().values()) {
            if (payload.confidential() && payload.value().size() >= BoundEnvironment.SHORTEST_MASKED) {
                secrets.add(payload.value());
            }
        }
        return new BoundEnvironment(variables, files, sensitive, secrets, unmasked);
    }

    private void bind(BindingPlan.Binding binding) {
        if (binding instanceof BindingPlan.Binding.OfCredential credential) {
            bind(ResolvedCredential.of(credential.definition(), snapshot), credential.prefix());
        } else if (binding instanceof BindingPlan.Binding.OfReference secret) {
            secretVariable(secret.variable(), snapshot.value(secret.reference(), true, secret.allowEmpty()));
        } else if (binding instanceof BindingPlan.Binding.OfMember member) {
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
        // What is stored may differ from what is delivered, and both are the secret.
        credential.secrets().stream()
                .filter(value -> value.size() >= BoundEnvironment.SHORTEST_MASKED)
                .forEach(secrets::add);
    }

    private void field(ResolvedCredential credential, FieldSpec field, String variable, SecretValue value) {
        if (field.secret() || isConfidential(credential, field)) {
            secretVariable(variable, value);
        } else {
            variables.put(variable, value);
        }
    }

    private boolean isConfidential(ResolvedCredential credential, FieldSpec field) {
        Optional<Boolean> declared = credential.definition().usernameSecret();
        if (field.name().equals(CredentialDefinition.USERNAME) && declared.isPresent()) {
            return declared.get();
        }
        FieldValue from = credential.definition().fields().get(field.name());
        if (from instanceof FieldValue.Referenced referenced) {
            return snapshot.payload(referenced.reference()).confidential();
        }
        // A member of a JSON secret is masked with the document's other leaves, unless it is too short to be one.
        return false;
    }

    private void secretVariable(String variable, SecretValue value) {
        variables.put(variable, value);
        sensitive.add(variable);
        if (value.size() >= BoundEnvironment.SHORTEST_MASKED) {
            secrets.add(value);
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
        public void awsProfile(String suffix, SecretValue printed, Optional<String> region) {
            String file = "aws/" + prefix + ".json";
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
