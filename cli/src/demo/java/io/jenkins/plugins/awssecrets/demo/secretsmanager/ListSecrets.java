package io.jenkins.plugins.awssecrets.demo.secretsmanager;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.demo.aws.Iam;
import io.jenkins.plugins.awssecrets.demo.aws.Identity;
import io.jenkins.plugins.awssecrets.demo.aws.Input;
import io.jenkins.plugins.awssecrets.demo.aws.Json;
import io.jenkins.plugins.awssecrets.demo.aws.Page;
import io.jenkins.plugins.awssecrets.demo.seed.SecretSeed;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The operations that tell of secrets and give no value. */
final class ListSecrets {
    private static final int SECRETS_A_PAGE = 100;

    private final SecretStore store;
    private final Iam iam;

    ListSecrets(SecretStore store, Iam iam) {
        this.store = store;
        this.iam = iam;
    }

    ObjectNode listSecrets(Input input, Identity caller) {
        iam.require(caller, "secretsmanager:ListSecrets");
        SecretFilters filters = SecretFilters.of(input);
        boolean withDeleted = input.flag("IncludePlannedDeletion");
        List<Secret> all = sorted(input).stream()
                .filter(s -> (withDeleted || s.deleted.isEmpty()) && filters.letThrough(s))
                .toList();
        int size = input.number("MaxResults", SECRETS_A_PAGE, 1, SECRETS_A_PAGE);
        Page<Secret> page = Page.of(all, input.text("NextToken"), size, "InvalidNextTokenException");
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("SecretList");
        page.items().forEach(s -> write(list.addObject(), s, "SecretVersionsToStages"));
        page.next().ifPresent(token -> answer.put("NextToken", token));
        return answer;
    }

    /** As they were stored, where no order is asked for; else by date, or by name. */
    private Collection<Secret> sorted(Input input) {
        boolean last = input.text("SortOrder").filter("desc"::equals).isPresent();
        if (input.text("SortBy").filter("name"::equals).isPresent()) {
            return (last ? store.byName().descendingMap() : store.byName()).values();
        }
        if (input.text("SortBy").isEmpty() && input.text("SortOrder").isEmpty()) {
            return store.all();
        }
        Comparator<Secret> oldestFirst = Comparator.comparing(secret -> secret.created);
        return store.all().stream()
                .sorted(last ? oldestFirst.reversed() : oldestFirst)
                .toList();
    }

    ObjectNode describeSecret(Input input, Identity caller) {
        String id = input.required("SecretId");
        iam.require(caller, "secretsmanager:DescribeSecret", store.resource(id), id);
        ObjectNode answer = Json.object();
        write(answer, store.existing(id), "VersionIdsToStages");
        return answer;
    }

    ObjectNode listVersions(Input input, Identity caller) {
        String id = input.required("SecretId");
        iam.require(caller, "secretsmanager:ListSecretVersionIds", store.resource(id), id);
        Secret secret = store.existing(id);
        ObjectNode answer = Json.object().put("ARN", secret.arn).put("Name", secret.name);
        ArrayNode versions = answer.putArray("Versions");
        secret.versions().values().stream()
                .filter(v -> input.flag("IncludeDeprecated") || !v.stages().isEmpty())
                .forEach(v -> {
                    ObjectNode node = versions.addObject()
                            .put("CreatedDate", Json.seconds(v.created()))
                            .put("VersionId", v.id());
                    v.stages().forEach(node.withArrayProperty("VersionStages")::add);
                });
        return answer;
    }

    private static void write(ObjectNode node, Secret secret, String versionsMember) {
        node.put("ARN", secret.arn)
                .put("CreatedDate", Json.seconds(secret.created))
                .put("LastChangedDate", Json.seconds(secret.changed))
                .put("Name", secret.name);
        if (!secret.description.isEmpty()) {
            node.put("Description", secret.description);
        }
        if (!secret.key.equals("alias/aws/secretsmanager")) {
            node.put("KmsKeyId", secret.key);
        }
        secret.deleted.ifPresent(at -> node.put("DeletedDate", Json.seconds(at)));
        secret.rotation.ifPresent(rotation -> write(node, rotation));
        Json.tags(node.putArray("Tags"), secret.tags);
        ObjectNode versions = node.putObject(versionsMember);
        secret.versions().values().stream().filter(v -> !v.stages().isEmpty()).forEach(v -> {
            ArrayNode stages = versions.putArray(v.id());
            v.stages().forEach(stages::add);
        });
    }

    private static void write(ObjectNode node, SecretSeed.Rotation rotation) {
        node.put("RotationEnabled", rotation.enabled());
        ObjectNode rules = node.putObject("RotationRules");
        rotation.everyDays().ifPresent(days -> rules.put("AutomaticallyAfterDays", days));
        rotation.schedule().ifPresent(schedule -> rules.put("ScheduleExpression", schedule));
        rotation.last().map(Instant::parse).ifPresent(at -> node.put("LastRotatedDate", Json.seconds(at)));
        rotation.next().map(Instant::parse).ifPresent(at -> node.put("NextRotationDate", Json.seconds(at)));
    }
}
