package io.jenkins.plugins.awssecrets.engine.source.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.json.JsonTree;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The policy of a session that may read some names and nothing else. What a session may do is what both this and the
 * role's own policies allow (IAM User Guide, <i>Session policies</i>).
 */
final class SessionPolicy {
    /** What STS takes, in characters (API reference of AssumeRole, {@code Policy}). */
    static final int LONGEST = 2048;

    private static final Pattern WHOLE_ARN = Pattern.compile(".*-[A-Za-z0-9]{6}");
    private static final Pattern WILDCARD = Pattern.compile("[*?$]");
    private static final String SUFFIX = "-??????";
    private static final String REFERENCE = "/aws/reference/secretsmanager/";

    private final Place place;
    private final Map<String, Set<String>> resources = new LinkedHashMap<>();

    private SessionPolicy(Place place) {
        this.place = place;
    }

    /** @param place of the source's service */
    static String of(SourceKind kind, Place place, Collection<Locator> names) {
        SessionPolicy policy = new SessionPolicy(place);
        for (Locator locator : names) {
            Optional<Minting> minting = Minting.of(locator);
            if (minting.isPresent()) {
                policy.minted(minting.get());
            } else if (kind == SourceKind.SSM) {
                policy.parameter(locator.name());
            } else {
                policy.secret(locator.name());
            }
        }
        return policy.json();
    }

    private void parameter(String name) {
        allow(
                "ssm:GetParameter*",
                name.startsWith("arn:")
                        ? literal(name)
                        : arn("ssm", "parameter/" + literal(name.replaceFirst("^/", ""))));
        if (name.startsWith(REFERENCE)) {
            allow(
                    "secretsmanager:GetSecretValue",
                    arn("secretsmanager", "secret:" + literal(name.substring(REFERENCE.length())) + SUFFIX));
        }
        decrypt();
    }

    private void secret(String name) {
        if (!name.startsWith("arn:")) {
            allow("secretsmanager:GetSecretValue", arn("secretsmanager", "secret:" + literal(name) + SUFFIX));
        } else {
            // It may be given without its end, by which the policy would not match; and a name may look like having
            // one.
            allow("secretsmanager:GetSecretValue", literal(name) + SUFFIX);
            if (WHOLE_ARN.matcher(name).matches()) {
                allow("secretsmanager:GetSecretValue", literal(name));
            }
        }
        allow("secretsmanager:BatchGetSecretValue", "*");
        decrypt();
    }

    /** By way of the two services, which decrypt what the session may read. */
    private void decrypt() {
        allow("kms:Decrypt", "*");
    }

    private void minted(Minting minting) {
        switch (minting.way()) {
            case "role" -> allow("sts:AssumeRole", minting.required("roleArn"));
            case "ecr" -> {
                allow("ecr:GetAuthorizationToken", "*");
                // What the login may pull and push is for the role's own policies.
                allow("ecr:*", "arn:" + place.partition() + ":ecr:*:*:repository/*");
            }
            case "rdsToken" ->
                allow("rds-db:connect", arn("rds-db", "dbuser:*/" + literal(minting.required("username"))));
            default -> {}
        }
    }

    /** No name becomes a pattern. */
    private static String literal(String name) {
        return WILDCARD.matcher(name).replaceAll("\\${$0}");
    }

    private String arn(String service, String resource) {
        return "arn:" + place.partition() + ":" + service + ":" + place.region() + ":*:" + resource;
    }

    private void allow(String action, String resource) {
        resources.computeIfAbsent(action, any -> new TreeSet<>()).add(resource);
    }

    private String json() {
        ObjectNode policy = JsonTree.object();
        policy.put("Version", "2012-10-17");
        ArrayNode statements = policy.putArray("Statement");
        resources.forEach((action, some) -> {
            ObjectNode statement = statements.addObject();
            statement.put("Effect", "Allow");
            statement.put("Action", action);
            ArrayNode on = statement.putArray("Resource");
            some.forEach(on::add);
            if (action.equals("kms:Decrypt")) {
                ArrayNode via =
                        statement.putObject("Condition").putObject("StringLike").putArray("kms:ViaService");
                via.add("ssm.*").add("secretsmanager.*");
            }
        });
        return policy.toString();
    }
}
