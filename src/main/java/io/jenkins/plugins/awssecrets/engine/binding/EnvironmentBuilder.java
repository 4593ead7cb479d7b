package io.jenkins.plugins.awssecrets.engine.binding;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.FieldSpec;
import io.jenkins.plugins.awssecrets.engine.credential.FieldValue;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolutionException;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolvedCredential;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
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
        }
    }

    private void bind(ResolvedCredential credential, String prefix) {
        CredentialKind kind = credential.definition().kind();
        VariableNames.suffixes(kind).forEach((field, suffix) -> credential
                .value(field)
                .ifPresent(value -> field(credential, kind.field(field).orElseThrow(), prefix + suffix, value)));
        switch (kind) {
            case DOCKER_REGISTRY -> bindDocker(credential, prefix);
            case DATABASE -> bindUrl(credential, prefix);
            case SSH_KEY ->
                file(prefix + "_KEY_FILE", prefix + "/key", endsWithNewline(credential.required("privateKey")));
            case CERTIFICATE -> file(prefix + "_KEYSTORE", prefix + "/keystore.p12", credential.required("keyStore"));
            case FILE -> file(prefix, prefix + "/" + fileName(credential), credential.required("content"));
            default -> {}
        }
    }

    private void field(ResolvedCredential credential, FieldSpec field, String variable, SecretValue value) {
        if (field.secret() || isConfidential(credential, field)) {
            secretVariable(variable, value);
        } else {
            variables.put(variable, value);
        }
    }

    private boolean isConfidential(ResolvedCredential credential, FieldSpec field) {
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

    private void bindDocker(ResolvedCredential credential, String prefix) {
        String registry = credential.value("registry").map(SecretValue::reveal).orElse("docker.io");
        variables.putIfAbsent(prefix + "_REGISTRY", SecretValue.of(registry));
        docker.add(registry, credential.required("username"), credential.required("password"));
    }

    private void bindUrl(ResolvedCredential credential, String prefix) {
        JdbcUrl.of(
                        text(credential, "engine").orElse(""),
                        text(credential, "host").orElse(""),
                        text(credential, "port"),
                        text(credential, "dbname"))
                .ifPresent(url -> variables.put(prefix + "_URL", SecretValue.of(url)));
    }

    private static Optional<String> text(ResolvedCredential credential, String field) {
        return credential.value(field).map(SecretValue::reveal);
    }

    private void file(String variable, String path, SecretValue content) {
        files.add(new BoundFile(variable, false, path, content));
        if (content.size() >= BoundEnvironment.SHORTEST_MASKED) {
            secrets.add(content);
        }
    }

    /** OpenSSH refuses a key file whose last line does not end, and secrets are often stored without that end. */
    private static SecretValue endsWithNewline(SecretValue key) {
        byte[] bytes = key.bytes();
        if (bytes.length == 0 || bytes[bytes.length - 1] == '\n') {
            return key;
        }
        byte[] ended = java.util.Arrays.copyOf(bytes, bytes.length + 1);
        ended[bytes.length] = '\n';
        return SecretValue.of(ended);
    }

    /** The declared name without any directory: a name from a tag must not lead out of the private directory. */
    private static String fileName(ResolvedCredential credential) {
        String name =
                text(credential, "fileName").orElse(credential.definition().id());
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return last.isEmpty() || last.equals(".") || last.equals("..") ? "file" : last;
    }
}
