package io.jenkins.plugins.awssecrets.demo.secretsmanager;

import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.aws.AccessKeys;
import io.jenkins.plugins.awssecrets.demo.aws.AwsJsonEndpoint;
import io.jenkins.plugins.awssecrets.demo.aws.Iam;
import io.jenkins.plugins.awssecrets.demo.aws.Operation;
import io.jenkins.plugins.awssecrets.demo.aws.Regions;
import io.jenkins.plugins.awssecrets.demo.http.Endpoint;
import io.jenkins.plugins.awssecrets.demo.seed.AwsSeed;
import io.jenkins.plugins.awssecrets.demo.seed.SecretSeed;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Secrets Manager as its API reference describes it, version 2017-10-17. */
public final class SecretsManager {
    private SecretsManager() {}

    public static Endpoint endpoint(AwsSeed account, List<SecretSeed> seeds, AccessKeys keys, Iam iam, Clock clock) {
        return new AwsJsonEndpoint(
                Service.SECRETS_MANAGER,
                "InternalServiceError",
                Regions.of(account, seeds, SecretSeed::region, (place, some) -> operations(place, some, iam, clock)),
                keys);
    }

    private static Map<String, Operation> operations(AwsSeed account, List<SecretSeed> seeds, Iam iam, Clock clock) {
        SecretStore store = new SecretStore(account, seeds, clock);
        ReadSecrets read = new ReadSecrets(store, iam);
        ListSecrets list = new ListSecrets(store, iam);
        WriteSecrets write = new WriteSecrets(store, iam);
        return Map.ofEntries(
                Map.entry("GetSecretValue", read::getSecretValue),
                Map.entry("BatchGetSecretValue", read::batchGetSecretValue),
                Map.entry("ListSecrets", list::listSecrets),
                Map.entry("DescribeSecret", list::describeSecret),
                Map.entry("ListSecretVersionIds", list::listVersions),
                Map.entry("CreateSecret", write::createSecret),
                Map.entry("PutSecretValue", write::putSecretValue),
                Map.entry("UpdateSecretVersionStage", write::updateStage),
                Map.entry("DeleteSecret", write::deleteSecret),
                Map.entry("RestoreSecret", write::restoreSecret),
                Map.entry("TagResource", write::tagResource),
                Map.entry("UntagResource", write::untagResource));
    }
}
