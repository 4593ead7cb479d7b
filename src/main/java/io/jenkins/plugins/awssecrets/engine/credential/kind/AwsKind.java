package io.jenkins.plugins.awssecrets.engine.credential.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
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
    private static final String PROFILE = "_PROFILE";
    private static final String ONLY_FILE = "fileOnly";

    AwsKind() {
        super(
                "aws",
                FieldSpec.plain("accessKeyId", "access_key", "aws_access_key_id", "AccessKeyId")
                        .notShown()
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
                List.of("externalId", "durationSeconds", ONLY_FILE),
                Set.of("accessKeyId", "secretAccessKey", "sessionToken")));
    }

    @Override
    public Minting minting(MintingWay way, Map<String, String> settings, Map<String, String> fields) {
        Minting role = new Minting(way.name(), settings);
        AwsMint.assumed(role);
        role.setting(ONLY_FILE)
                .filter(text -> !List.of("true", "false").contains(text))
                .ifPresent(text -> {
                    throw new SecretException(
                            Problem.MALFORMED, ONLY_FILE, "it is neither true nor false", "write true or false");
                });
        return role;
    }

    /** Tools read keys in variables before those of a profile, and a variable of a process that runs stays as it is. */
    @Override
    public boolean isVariable(FieldSpec field, Minting made) {
        return !made.required(ONLY_FILE).equals("true") || field.name().equals("region");
    }

    @Override
    public boolean isRenewed(Minting made) {
        return made.way().equals(AwsMint.ROLE);
    }

    @Override
    public void deliverMade(Minting made, JsonNode object, FieldValues values, Delivery to) {
        ObjectNode printed = JsonTree.object();
        printed.put("Version", 1);
        printed.put("AccessKeyId", values.required("accessKeyId").reveal());
        printed.put("SecretAccessKey", values.required("secretAccessKey").reveal());
        values.text("sessionToken").ifPresent(token -> printed.put("SessionToken", token));
        printed.set("Expiration", object.path(Minting.EXPIRATION));
        to.awsProfile(PROFILE, SecretValue.of(printed.toString()), values.text("region"));
    }

    @Override
    public Set<String> madeVariables() {
        return Set.of(PROFILE);
    }

    @Override
    public Set<String> madeShared() {
        return Set.of(Delivery.AWS_CONFIG_FILE);
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
