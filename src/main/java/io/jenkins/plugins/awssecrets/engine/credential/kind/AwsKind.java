package io.jenkins.plugins.awssecrets.engine.credential.kind;

import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.minted.AwsMint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An AWS access key. Members besides the fields' own: those of Vault's AWS secrets engine ({@code access_key},
 * {@code secret_key}, {@code security_token}) and of the AWS shared credentials file.
 */
final class AwsKind extends CredentialKind {
    private static final String REGION = "_REGION";

    AwsKind() {
        super(
                "aws",
                FieldSpec.plain("accessKeyId", "access_key", "aws_access_key_id", "AccessKeyId")
                        .to("_ACCESS_KEY_ID"),
                FieldSpec.secret("secretAccessKey", "secret_key", "aws_secret_access_key", "SecretAccessKey")
                        .to("_SECRET_ACCESS_KEY"),
                FieldSpec.secret("sessionToken", "security_token", "session_token", "aws_session_token", "SessionToken")
                        .optional()
                        .to("_SESSION_TOKEN"),
                FieldSpec.plain("region").optional().to(REGION));
    }

    /** A session of a role that the source's login may assume. */
    @Override
    public List<MintingWay> mintings() {
        return List.of(new MintingWay(
                AwsMint.ROLE,
                true,
                List.of("roleArn"),
                List.of("externalId", "durationSeconds"),
                Set.of("accessKeyId", "secretAccessKey", "sessionToken")));
    }

    @Override
    public Minting minting(MintingWay way, Map<String, String> settings, Map<String, String> fields) {
        Minting role = new Minting(way.name(), settings);
        AwsMint.assumed(role);
        return role;
    }

    @Override
    public String defaultPrefix(String id) {
        return "AWS";
    }

    /** The region is no part of a key: an agent or a block around has one where the credential does not. */
    @Override
    public Set<String> inherited() {
        return Set.of(REGION);
    }

    @Override
    public boolean isObject(SourceKind source) {
        return true;
    }

    @Override
    public Optional<Sensitivity> sensitivity() {
        return Optional.of(Sensitivity.TOKEN);
    }
}
