package io.jenkins.plugins.awssecrets.engine.binding;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Delivery;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of environment variables. */
public final class VariableNames {
    /** Docker reads its configuration's directory from this name only, whatever the prefix. */
    public static final String DOCKER_CONFIG = Delivery.DOCKER_CONFIG;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private VariableNames() {}

    /** The variable that a parameter's or a member's name goes to: in upper case, with {@code _} for what no variable has. */
    static String of(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /**
     * The name itself when it is one.
     *
     * @param whose where it stands, for the error
     * @throws SecretException ({@link Problem#MALFORMED}) when no shell takes it as a variable's name
     */
    public static String checked(String name, String whose) {
        if (!isOne(name)) {
            throw notOne(whose);
        }
        return name;
    }

    public static boolean isOne(String name) {
        return NAME.matcher(name).matches();
    }

    /** The error of a name that is none. */
    public static SecretException notOne(String whose) {
        return new SecretException(
                Problem.MALFORMED,
                whose,
                "it is not a valid variable name",
                "expected letters, digits and '_', not beginning with a digit");
    }
}
