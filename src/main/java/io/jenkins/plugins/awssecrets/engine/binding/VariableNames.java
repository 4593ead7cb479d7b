package io.jenkins.plugins.awssecrets.engine.binding;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The names of the variables that each kind of credential binds.
 *
 * <table>
 * <caption>Variables by kind, with prefix P</caption>
 * <tr><td>string</td><td>P</td></tr>
 * <tr><td>usernamePassword</td><td>P_USERNAME, P_PASSWORD</td></tr>
 * <tr><td>dockerRegistry</td><td>P_REGISTRY, P_USERNAME, P_PASSWORD, DOCKER_CONFIG</td></tr>
 * <tr><td>database</td><td>P_HOST, P_PORT, P_NAME, P_USERNAME, P_PASSWORD, P_URL</td></tr>
 * <tr><td>aws</td><td>P_ACCESS_KEY_ID, P_SECRET_ACCESS_KEY, P_SESSION_TOKEN, P_REGION</td></tr>
 * <tr><td>sshKey</td><td>P_KEY_FILE, P_USERNAME, P_PASSPHRASE</td></tr>
 * <tr><td>certificate</td><td>P_KEYSTORE, P_PASSWORD</td></tr>
 * <tr><td>file</td><td>P</td></tr>
 * </table>
 */
public final class VariableNames {
    /** Docker reads its configuration's directory from this name only, whatever the prefix. */
    public static final String DOCKER_CONFIG = "DOCKER_CONFIG";

    static final String REGION = "_REGION";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final Map<CredentialKind, Map<String, String>> SUFFIXES = Map.of(
            CredentialKind.USERNAME_PASSWORD, inOrder("username", "_USERNAME", "password", "_PASSWORD"),
            CredentialKind.DOCKER_REGISTRY,
                    inOrder("registry", "_REGISTRY", "username", "_USERNAME", "password", "_PASSWORD"),
            CredentialKind.DATABASE,
                    inOrder(
                            "host",
                            "_HOST",
                            "port",
                            "_PORT",
                            "dbname",
                            "_NAME",
                            "username",
                            "_USERNAME",
                            "password",
                            "_PASSWORD"),
            CredentialKind.AWS,
                    inOrder(
                            "accessKeyId",
                            "_ACCESS_KEY_ID",
                            "secretAccessKey",
                            "_SECRET_ACCESS_KEY",
                            "sessionToken",
                            "_SESSION_TOKEN",
                            "region",
                            REGION),
            CredentialKind.SSH_KEY, inOrder("username", "_USERNAME", "passphrase", "_PASSPHRASE"),
            CredentialKind.CERTIFICATE, inOrder("password", "_PASSWORD"),
            CredentialKind.STRING, inOrder("secret", ""),
            CredentialKind.FILE, Map.of());

    private VariableNames() {}

    /** Field name to suffix, for the fields that go to a variable as they are. */
    static Map<String, String> suffixes(CredentialKind kind) {
        return SUFFIXES.get(kind);
    }

    /** {@code DOCKER}, {@code DB}, {@code AWS}; for the other kinds the id in upper case with {@code _}. */
    public static String defaultPrefix(CredentialKind kind, String id) {
        return switch (kind) {
            case DOCKER_REGISTRY -> "DOCKER";
            case DATABASE -> "DB";
            case AWS -> "AWS";
            default -> {
                String name = id.toUpperCase(Locale.ROOT)
                        .replaceAll("[^A-Z0-9]+", "_")
                        .replaceAll("^_+|_+$", "");
                yield name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
            }
        };
    }

    /**
     * The name itself when it is one.
     *
     * @param whose where it stands, for the error
     * @throws SecretException ({@link Problem#MALFORMED}) when no shell takes it as a variable's name
     */
    public static String checked(String name, String whose) {
        if (!NAME.matcher(name).matches()) {
            throw new SecretException(
                    Problem.MALFORMED,
                    whose,
                    "it is no name of a variable",
                    "expected letters, digits and '_', not beginning with a digit");
        }
        return name;
    }

    private static Map<String, String> inOrder(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return java.util.Collections.unmodifiableMap(map);
    }

    /** All variables that a binding may set, so that two bindings for one are refused before anything is fetched. */
    static List<String> all(CredentialKind kind, String prefix) {
        java.util.List<String> names = new java.util.ArrayList<>();
        suffixes(kind).values().forEach(suffix -> names.add(prefix + suffix));
        switch (kind) {
            case DATABASE -> names.add(prefix + "_URL");
            case SSH_KEY -> names.add(prefix + "_KEY_FILE");
            case CERTIFICATE -> names.add(prefix + "_KEYSTORE");
            case FILE -> names.add(prefix);
            default -> {}
        }
        return names;
    }
}
