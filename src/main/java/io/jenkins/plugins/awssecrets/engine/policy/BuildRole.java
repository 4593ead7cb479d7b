package io.jenkins.plugins.awssecrets.engine.policy;

import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.PerBuild;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A role that is assumed for each build.
 *
 * @param arn with {@code *} where the build is named
 * @param trust the trust policy that lets the controller assume it
 * @param byTags statements that compare the session's tags, in the place of those that name each secret; none where the
 *     sessions have no tags
 */
public record BuildRole(String arn, String trust, List<IamStatement> byTags) {
    private static final String FOLDER = "${aws:PrincipalTag/jenkins-folder}/*";

    /** Of all sources from which builds read in a role of their own. */
    public static List<BuildRole> of(List<AwsUse> uses) {
        Map<String, BuildRole> roles = new LinkedHashMap<>();
        for (AwsUse use : uses) {
            use.settings().perBuild().flatMap(PerBuild::role).ifPresent(role -> {
                String arn = inPolicies(role.roleArn().text());
                List<IamStatement> statements = new ArrayList<>();
                if (roles.containsKey(arn)) {
                    statements.addAll(roles.get(arn).byTags());
                }
                if (role.tags()) {
                    statements.add(byTags(use));
                }
                roles.put(
                        arn,
                        new BuildRole(
                                arn, trust(role), statements.stream().distinct().toList()));
            });
        }
        return List.copyOf(roles.values());
    }

    /** A role as a policy names it. */
    static String inPolicies(String role) {
        return role.replace("${folder}", "*").replace("${job}", "*");
    }

    private static IamStatement byTags(AwsUse use) {
        return use.kind() == SourceKind.SSM
                ? new IamStatement(
                        "ReadParametersOfTheFolder",
                        List.of("ssm:GetParameters"),
                        List.of(use.arn("ssm", "parameter/" + FOLDER)),
                        Map.of())
                : new IamStatement(
                        "ReadSecretsOfTheFolder",
                        List.of("secretsmanager:GetSecretValue"),
                        List.of(use.arn("secretsmanager", "secret:" + FOLDER)),
                        Map.of());
    }

    private static String trust(PerBuild.Role role) {
        String actions = role.tags() ? "[ \"sts:AssumeRole\", \"sts:TagSession\" ]" : "[ \"sts:AssumeRole\" ]";
        String condition = role.externalId()
                .map(id -> ",\n    \"Condition\" : { \"StringEquals\" : { \"sts:ExternalId\" : \"" + id + "\" } }")
                .orElse("");
        return """
            {
              "Version" : "2012-10-17",
              "Statement" : [ {
                "Effect" : "Allow",
                "Principal" : { "AWS" : "ARN-OF-THE-CONTROLLERS-ROLE-OR-USER" },
                "Action" : ACTIONS
              } ]
            }
            """.replace("ACTIONS", actions + condition);
    }

    /** The statements that compare tags, as a policy document. */
    public String byTagsJson() {
        return new IamPolicy(arn, List.of(), byTags, List.of()).json();
    }
}
