package io.jenkins.plugins.awssecrets.demo.secretsmanager;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.demo.aws.AwsError;
import io.jenkins.plugins.awssecrets.demo.aws.Iam;
import io.jenkins.plugins.awssecrets.demo.aws.Identity;
import io.jenkins.plugins.awssecrets.demo.aws.Input;
import io.jenkins.plugins.awssecrets.demo.aws.Json;
import io.jenkins.plugins.awssecrets.demo.aws.KeyState;
import io.jenkins.plugins.awssecrets.demo.aws.Page;
import java.util.List;
import java.util.Optional;

/** The operations that give values. */
final class ReadSecrets {
    private static final int SECRETS_A_CALL = 20;

    private final SecretStore store;
    private final Iam iam;

    ReadSecrets(SecretStore store, Iam iam) {
        this.store = store;
        this.iam = iam;
    }

    ObjectNode getSecretValue(Input input, Identity caller) {
        return value(input.required("SecretId"), input.text("VersionId"), input.text("VersionStage"), caller);
    }

    ObjectNode batchGetSecretValue(Input input, Identity caller) {
        boolean byFilter = !input.objects("Filters").isEmpty();
        if (byFilter == input.json().has("SecretIdList")) {
            throw AwsError.of(
                    "InvalidParameterException", "Either 'SecretIdList' or 'Filters' must be provided, but not both.");
        }
        iam.require(caller, "secretsmanager:BatchGetSecretValue");
        ObjectNode answer = Json.object();
        List<String> ids;
        if (byFilter) {
            iam.require(caller, "secretsmanager:ListSecrets");
            SecretFilters filters = SecretFilters.of(input);
            List<String> all = store.all().stream()
                    .filter(s -> s.deleted.isEmpty() && filters.letThrough(s))
                    .map(s -> s.arn)
                    .toList();
            int size = input.number("MaxResults", SECRETS_A_CALL, 1, SECRETS_A_CALL);
            Page<String> page = Page.of(all, input.text("NextToken"), size, "InvalidNextTokenException");
            page.next().ifPresent(token -> answer.put("NextToken", token));
            ids = page.items();
        } else {
            ids = input.batch("SecretIdList", SECRETS_A_CALL);
        }
        ArrayNode values = answer.putArray("SecretValues");
        ArrayNode errors = answer.putArray("Errors");
        for (String id : ids) {
            try {
                values.add(value(id, Optional.empty(), Optional.empty(), caller));
            } catch (AwsError e) {
                errors.addObject()
                        .put("ErrorCode", e.code())
                        .put("Message", e.getMessage())
                        .put("SecretId", id);
            }
        }
        return answer;
    }

    private ObjectNode value(String id, Optional<String> versionId, Optional<String> stage, Identity caller) {
        iam.require(caller, "secretsmanager:GetSecretValue", store.resource(id), id);
        Secret secret = store.live(id);
        Secret.Version version = version(secret, versionId, stage);
        if (secret.kmsDenied) {
            throw AwsError.of("AccessDeniedException", "Access to KMS is not allowed");
        }
        if (secret.keyState.isPresent()) {
            throw KeyState.error(store.keyArn(secret.key), secret.keyState.get());
        }
        if (!secret.key.equals("alias/aws/secretsmanager")) {
            requireKey(secret, caller);
        }
        ObjectNode answer = Json.object()
                .put("ARN", secret.arn)
                .put("CreatedDate", Json.seconds(version.created()))
                .put("Name", secret.name)
                .put("VersionId", version.id());
        version.string().ifPresent(text -> answer.put("SecretString", text));
        version.binary().ifPresent(base64 -> answer.put("SecretBinary", base64));
        ArrayNode stages = answer.putArray("VersionStages");
        version.stages().forEach(stages::add);
        return answer;
    }

    private void requireKey(Secret secret, Identity caller) {
        try {
            iam.require(caller, "kms:Decrypt", store.keyArn(secret.key));
        } catch (AwsError e) {
            throw AwsError.of("AccessDeniedException", "Access to KMS is not allowed");
        }
    }

    private static Secret.Version version(Secret secret, Optional<String> versionId, Optional<String> stage) {
        if (versionId.isEmpty()) {
            String wanted = stage.orElse(Secret.CURRENT);
            return secret.stage(wanted)
                    .orElseThrow(() -> AwsError.of(
                            "ResourceNotFoundException",
                            "Secrets Manager can't find the specified secret value for staging label: " + wanted));
        }
        Secret.Version version = secret.version(versionId.get())
                .orElseThrow(() -> AwsError.of(
                        "ResourceNotFoundException",
                        "Secrets Manager can't find the specified secret value for VersionId: " + versionId.get()));
        if (stage.isPresent() && !version.stages().contains(stage.get())) {
            throw AwsError.of(
                    "InvalidRequestException",
                    "You provided a VersionStage that is not associated to the provided VersionId.");
        }
        return version;
    }
}
