package io.jenkins.plugins.awssecrets.engine.source;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A variable that a backend's own clients obey and a source does not, which a connection test says where it is set.
 *
 * @param same values, in lower case, that ask for what is done anyway
 * @param instead what is done in its place
 */
public record UnusedVariable(String name, Set<String> same, String instead, String fix) {
    /** For a variable that is {@code true} or {@code false}. */
    public static final Set<String> OFF = Set.of("", "0", "f", "false", "no");

    /** For a variable whose values are all unused. */
    public static final Set<String> NONE = Set.of("");

    public UnusedVariable {
        same = Set.copyOf(same);
    }

    /** @param subject the source, as in {@code source vault} */
    public static List<SourceCheck> set(
            List<UnusedVariable> variables, Map<String, String> environment, String subject) {
        return variables.stream()
                .filter(variable -> environment.containsKey(variable.name)
                        && !variable.same.contains(
                                environment.get(variable.name).strip().toLowerCase(Locale.ROOT)))
                .map(variable -> new SourceCheck("environment", false, Optional.of(variable.note(subject))))
                .toList();
    }

    private SecretException note(String subject) {
        return new SecretException(
                Problem.MALFORMED, subject, "the environment variable " + name + " is not used: " + instead, fix);
    }
}
