package io.jenkins.plugins.awssecrets.engine.source.secretsmanager;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Shape;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;

/** Payloads from the two forms that Secrets Manager answers in: {@code SecretString} or {@code SecretBinary}. */
final class Payloads {
    private Payloads() {}

    static Outcome of(Locator locator, GetSecretValueResponse answer) {
        return of(
                locator,
                answer.secretString(),
                answer.secretBinary(),
                answer.versionId(),
                answer.versionStages(),
                answer.createdDate());
    }

    static Outcome of(Locator locator, SecretValueEntry entry) {
        return of(
                locator,
                entry.secretString(),
                entry.secretBinary(),
                entry.versionId(),
                entry.versionStages(),
                entry.createdDate());
    }

    private static Outcome of(
            Locator locator, String text, SdkBytes binary, String version, List<String> stages, Instant created) {
        if (text == null && binary == null) {
            return new Outcome.Failed(new SecretException(
                    Problem.UNREACHABLE,
                    locator.toString(),
                    "Secrets Manager returned no value",
                    "try again. If this persists, check that the endpoint is Secrets Manager's"));
        }
        return new Outcome.Found(new SecretPayload(
                text != null ? Shape.TEXT : Shape.BINARY,
                text != null ? SecretValue.of(text) : SecretValue.of(binary.asByteArrayUnsafe()),
                true,
                Optional.ofNullable(version),
                stages,
                Optional.ofNullable(created),
                Optional.empty()));
    }
}
