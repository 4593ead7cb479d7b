package io.jenkins.plugins.awssecrets.demo.secretsmanager;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.demo.aws.AwsError;
import io.jenkins.plugins.awssecrets.demo.aws.Iam;
import io.jenkins.plugins.awssecrets.demo.aws.Identity;
import io.jenkins.plugins.awssecrets.demo.aws.Input;
import io.jenkins.plugins.awssecrets.demo.aws.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The operations that change secrets, so that a test rotates a value as a rotation function would. */
final class WriteSecrets {
    private static final int RECOVERY_DAYS = 30;

    private final SecretStore store;
    private final Iam iam;

    WriteSecrets(SecretStore store, Iam iam) {
        this.store = store;
        this.iam = iam;
    }

    ObjectNode createSecret(Input input, Identity caller) {
        String name = input.required("Name");
        iam.require(caller, "secretsmanager:CreateSecret", store.resource(name), name);
        if (store.has(name)) {
            throw AwsError.of(
                    "ResourceExistsException", "The operation failed because the secret " + name + " already exists.");
        }
        Secret secret = store.create(
                name,
                input.text("Description").orElse(""),
                input.text("KmsKeyId").orElse("alias/aws/secretsmanager"));
        secret.tags.putAll(input.tags("Tags"));
        ObjectNode answer = Json.object().put("ARN", secret.arn).put("Name", name);
        if (hasValue(input)) {
            Secret.Version version = newVersion(input);
            secret.add(version);
            secret.move(Secret.CURRENT, version);
            answer.put("VersionId", version.id());
        }
        return answer;
    }

    ObjectNode putSecretValue(Input input, Identity caller) {
        Secret secret = secret(input, caller, "secretsmanager:PutSecretValue");
        if (!hasValue(input)) {
            throw AwsError.of("InvalidRequestException", "You must provide either SecretString or SecretBinary.");
        }
        Secret.Version version = newVersion(input);
        secret.add(version);
        List<String> stages = input.texts("VersionStages");
        (stages.isEmpty() ? List.of(Secret.CURRENT) : stages).forEach(stage -> secret.move(stage, version));
        ObjectNode answer =
                Json.object().put("ARN", secret.arn).put("Name", secret.name).put("VersionId", version.id());
        ArrayNode given = answer.putArray("VersionStages");
        version.stages().forEach(given::add);
        return answer;
    }

    ObjectNode updateStage(Input input, Identity caller) {
        Secret secret = secret(input, caller, "secretsmanager:UpdateSecretVersionStage");
        String stage = input.required("VersionStage");
        Optional<String> target = input.text("MoveToVersionId");
        if (target.isPresent()) {
            secret.move(stage, version(secret, target.get()));
        } else {
            version(secret, input.required("RemoveFromVersionId")).stages().remove(stage);
        }
        return Json.object().put("ARN", secret.arn).put("Name", secret.name);
    }

    ObjectNode deleteSecret(Input input, Identity caller) {
        Secret secret = secret(input, caller, "secretsmanager:DeleteSecret");
        Duration window = input.flag("ForceDeleteWithoutRecovery")
                ? Duration.ZERO
                : Duration.ofDays(input.number("RecoveryWindowInDays", RECOVERY_DAYS, 7, RECOVERY_DAYS));
        if (window.isZero()) {
            store.remove(secret);
        }
        secret.deleted = Optional.of(store.now().plus(window));
        return Json.object()
                .put("ARN", secret.arn)
                .put("DeletionDate", Json.seconds(secret.deleted.get()))
                .put("Name", secret.name);
    }

    ObjectNode restoreSecret(Input input, Identity caller) {
        String id = input.required("SecretId");
        iam.require(caller, "secretsmanager:RestoreSecret", store.resource(id), id);
        Secret secret = store.existing(id);
        secret.deleted = Optional.empty();
        return Json.object().put("ARN", secret.arn).put("Name", secret.name);
    }

    ObjectNode tagResource(Input input, Identity caller) {
        secret(input, caller, "secretsmanager:TagResource").tags.putAll(input.tags("Tags"));
        return Json.object();
    }

    ObjectNode untagResource(Input input, Identity caller) {
        secret(input, caller, "secretsmanager:UntagResource").tags.keySet().removeAll(input.texts("TagKeys"));
        return Json.object();
    }

    private Secret secret(Input input, Identity caller, String action) {
        String id = input.required("SecretId");
        iam.require(caller, action, store.resource(id), id);
        return store.live(id);
    }

    private static Secret.Version version(Secret secret, String id) {
        return secret.version(id)
                .orElseThrow(() -> AwsError.of(
                        "ResourceNotFoundException",
                        "Secrets Manager can't find the specified secret value for VersionId: " + id));
    }

    private static boolean hasValue(Input input) {
        return input.text("SecretString").isPresent()
                || input.text("SecretBinary").isPresent();
    }

    private Secret.Version newVersion(Input input) {
        return Secret.Version.of(
                input.text("ClientRequestToken").orElseGet(SecretStore::newId),
                input.text("SecretString"),
                input.text("SecretBinary"),
                store.now());
    }
}
