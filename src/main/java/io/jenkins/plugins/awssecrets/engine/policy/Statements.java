package io.jenkins.plugins.awssecrets.engine.policy;

import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialTags;
import io.jenkins.plugins.awssecrets.engine.source.Inventory.Item;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.minted.AwsMint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The statements of one caller; those of one purpose and one condition are one. */
final class Statements {
    private static final String TAG = "aws:ResourceTag/";

    /** Secrets Manager adds a hyphen and six characters to a name to make its ARN. */
    private static final String SUFFIX = "-??????";

    private static final Pattern WHOLE_ARN = Pattern.compile(".*-[A-Za-z0-9]{6}");

    /** Parameters that Parameter Store reads out of Secrets Manager. */
    private static final String REFERENCE = "/aws/reference/secretsmanager/";

    private record Purpose(String sid, String action, Map<String, Map<String, String>> conditions) {}

    private final Map<Purpose, Set<String>> resources = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    void read(AwsUse use) {
        if (use.kind() == SourceKind.SSM) {
            parameters(use);
        } else {
            secrets(use);
        }
        use.minted().forEach(minting -> minted(use, minting));
    }

    void list(AwsUse use) {
        if (use.discovery() && use.kind() == SourceKind.SSM) {
            allow("ReadParameterTags", "ssm:ListTagsForResource", Map.of(), discovered(use));
            allow("ListParameters", "ssm:DescribeParameters", Map.of(), "*");
        } else if (use.discovery()) {
            allow("ListSecrets", "secretsmanager:ListSecrets", Map.of(), "*");
        }
    }

    private static String discovered(AwsUse use) {
        return parameter(use, use.prefix().map(Statements::folder).orElse("/") + "*");
    }

    /** What the login needs for what nobody stores. */
    private void minted(AwsUse use, Minting minting) {
        switch (minting.way()) {
            case AwsMint.ROLE -> assume(minting.required("roleArn"));
            case AwsMint.ECR -> {
                allow("LogInToRegistries", "ecr:GetAuthorizationToken", Map.of(), "*");
                notes.add("what may be pulled from or pushed to " + minting.required("registry")
                        + " is for further statements, such as ecr:BatchGetImage on its repositories");
            }
            case AwsMint.RDS_TOKEN -> {
                // The database's resource id is known to RDS alone.
                allow(
                        "ConnectToDatabases",
                        "rds-db:connect",
                        Map.of(),
                        use.arn("rds-db", "dbuser:*/" + minting.required("username")));
            }
            default -> {}
        }
    }

    void assume(String role) {
        allow("AssumeRole", "sts:AssumeRole", Map.of(), role);
    }

    /** Sessions of builds name their build by tags. */
    void tag(String role) {
        allow("TagSession", "sts:TagSession", Map.of(), role);
    }

    private void parameters(AwsUse use) {
        for (String name : use.stored()) {
            allow("ReadParameters", "ssm:GetParameters", Map.of(), parameter(use, name));
            if (name.startsWith(REFERENCE)) {
                allow(
                        "ReadSecrets",
                        "secretsmanager:GetSecretValue",
                        Map.of(),
                        use.arn("secretsmanager", "secret:" + name.substring(REFERENCE.length()) + SUFFIX));
            }
        }
        keys(use, "DecryptParameters", "ssm");
        if (use.discovery()) {
            allow("ReadDiscoveredParameters", "ssm:GetParameters", tagged(use), discovered(use));
        }
    }

    private void secrets(AwsUse use) {
        for (String name : use.stored()) {
            secret(use, name).forEach(arn -> allow("ReadSecrets", "secretsmanager:GetSecretValue", Map.of(), arn));
        }
        keys(use, "DecryptSecrets", "secretsmanager");
        if (use.discovery()) {
            for (String prefix : use.prefixes().isEmpty() ? List.of("") : use.prefixes()) {
                allow(
                        "ReadDiscoveredSecrets",
                        "secretsmanager:GetSecretValue",
                        tagged(use),
                        use.arn("secretsmanager", "secret:" + prefix + "*"));
            }
        }
    }

    private static String parameter(AwsUse use, String name) {
        return name.startsWith("arn:") ? name : use.arn("ssm", "parameter/" + name.replaceFirst("^/", ""));
    }

    private static List<String> secret(AwsUse use, String name) {
        if (!name.startsWith("arn:")) {
            return List.of(use.arn("secretsmanager", "secret:" + name + SUFFIX));
        }
        Optional<String> whole = use.inventory().find(name).flatMap(Item::arn);
        if (whole.isPresent()) {
            return List.of(whole.get());
        }
        // It may be given without its end, by which a policy would not match; and a name may look like having one.
        return WHOLE_ARN.matcher(name).matches() ? List.of(name, name + SUFFIX) : List.of(name + SUFFIX);
    }

    private static String folder(String prefix) {
        return prefix.startsWith("/") && !prefix.endsWith("/") ? prefix + "/" : prefix;
    }

    /** Only what says by its tags that it is a credential, and what the filter lets through. */
    private static Map<String, Map<String, String>> tagged(AwsUse use) {
        Map<String, String> present = new TreeMap<>();
        Map<String, String> equal = new TreeMap<>();
        present.put(TAG + CredentialTags.TYPE, "false");
        use.filter().tags().forEach((key, value) -> {
            if (value.isEmpty()) {
                present.put(TAG + key, "false");
            } else {
                equal.put(TAG + key, value);
            }
        });
        return equal.isEmpty() ? Map.of("Null", present) : Map.of("Null", present, "StringEquals", equal);
    }

    /** The service's default key may be used by everybody of the account; a key of one's own asks for kms:Decrypt. */
    private void keys(AwsUse use, String sid, String service) {
        Set<String> wanted = new LinkedHashSet<>(use.stored());
        wanted.addAll(use.discovered());
        for (String name : new TreeSet<>(wanted)) {
            use.inventory().find(name).flatMap(Item::keyInPolicies).ifPresent(key -> key(use, sid, service, key));
        }
        boolean unknown = !wanted.isEmpty()
                && wanted.stream().anyMatch(n -> use.inventory().find(n).isEmpty());
        if (unknown) {
            notes.add("not every secret of source " + use.id()
                    + " can be listed, so customer managed keys may be missing. Add kms:Decrypt on them");
        }
    }

    private void key(AwsUse use, String sid, String service, String key) {
        Map<String, String> equal = new TreeMap<>();
        // Other partitions have host names of their own, which the condition would have to name.
        if (use.partition().equals("aws") && !use.region().equals("*")) {
            equal.put("kms:ViaService", service + "." + use.region() + ".amazonaws.com");
        }
        if (key.startsWith("alias/")) {
            // IAM takes the alias of a key in a condition only.
            Map<String, Map<String, String>> conditions = new TreeMap<>(equalTo(equal));
            conditions.put("ForAnyValue:StringEquals", Map.of("kms:ResourceAliases", key));
            allow(sid, "kms:Decrypt", conditions, use.arn("kms", "key/*"));
        } else {
            allow(sid, "kms:Decrypt", equalTo(equal), key);
        }
    }

    private static Map<String, Map<String, String>> equalTo(Map<String, String> keys) {
        return keys.isEmpty() ? Map.of() : Map.of("StringEquals", keys);
    }

    private void allow(String sid, String action, Map<String, Map<String, String>> conditions, String resource) {
        resources
                .computeIfAbsent(new Purpose(sid, action, conditions), p -> new LinkedHashSet<>())
                .add(resource);
    }

    /** An id is given once: statements of one purpose and several conditions are numbered. */
    List<IamStatement> all() {
        Map<String, Integer> seen = new LinkedHashMap<>();
        List<IamStatement> all = new ArrayList<>();
        resources.forEach((purpose, some) -> {
            int number = seen.merge(purpose.sid(), 1, Integer::sum);
            all.add(new IamStatement(
                    purpose.sid() + (number == 1 ? "" : number),
                    List.of(purpose.action()),
                    List.copyOf(some),
                    purpose.conditions()));
        });
        return all;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
