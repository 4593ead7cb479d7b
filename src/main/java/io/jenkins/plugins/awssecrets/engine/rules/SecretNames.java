package io.jenkins.plugins.awssecrets.engine.rules;

import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The names that one secret goes by: what is kept from a name must not be had by another one of the same secret. Two
 * secrets may share a name here; to keep both is the safe side.
 */
final class SecretNames {
    /** Where Parameter Store passes on to Secrets Manager (Systems Manager user guide, "Referencing secrets"). */
    private static final String PASSED_ON = "/aws/reference/secretsmanager/";

    /** A secret's ARN ends with a hyphen and six characters that AWS adds; requests may leave them out. */
    private static final int SUFFIX = 7;

    private SecretNames() {}

    /** A secret as a backend knows it, whatever a reference calls it. */
    record Name(SourceKind backend, String name) {}

    static Set<Name> of(SourceKind kind, String name) {
        return switch (kind) {
            case SSM -> parameter(name);
            case SECRETS_MANAGER -> secret(name);
            case VAULT -> Set.of(new Name(kind, name));
        };
    }

    private static Set<Name> parameter(String name) {
        // An ARN has no slash of its own where the name begins with none, and may end with a version.
        String plain = name.startsWith("arn:") ? afterColons(name, 5).replaceFirst("^parameter", "") : name;
        int version = plain.indexOf(':');
        String path = version < 0 || plain.startsWith(PASSED_ON) ? plain : plain.substring(0, version);
        String rooted = path.startsWith("/") ? path : "/" + path;
        return rooted.startsWith(PASSED_ON)
                ? secret(rooted.substring(PASSED_ON.length()))
                : Set.of(new Name(SourceKind.SSM, rooted));
    }

    private static Set<Name> secret(String name) {
        Set<Name> names = new LinkedHashSet<>();
        String plain = name.startsWith("arn:") ? afterColons(name, 6) : name;
        names.add(new Name(SourceKind.SECRETS_MANAGER, plain));
        int end = plain.length() - SUFFIX;
        if (name.startsWith("arn:") && end > 0 && plain.charAt(end) == '-') {
            names.add(new Name(SourceKind.SECRETS_MANAGER, plain.substring(0, end)));
        }
        return names;
    }

    private static String afterColons(String text, int colons) {
        String[] parts = text.split(":", colons + 1);
        return parts[parts.length - 1];
    }
}
