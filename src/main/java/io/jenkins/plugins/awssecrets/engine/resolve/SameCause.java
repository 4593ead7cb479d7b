package io.jenkins.plugins.awssecrets.engine.resolve;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says once what several failures have in common, with the list of what it concerns. */
public final class SameCause {
    /** More would hide the cause behind them. */
    private static final int MOST_SUBJECTS = 10;

    private SameCause() {}

    /** Whether all failed for the same reason and are fixed alike. */
    public static boolean isOne(List<SecretException> failures) {
        return groups(failures).size() == 1;
    }

    /** What failed, with commas between. */
    public static String subjects(List<SecretException> failures) {
        List<String> subjects =
                failures.stream().map(SecretException::subject).distinct().toList();
        String more = subjects.size() > MOST_SUBJECTS ? " and " + (subjects.size() - MOST_SUBJECTS) + " more" : "";
        return subjects.stream().limit(MOST_SUBJECTS).collect(Collectors.joining(", ")) + more;
    }

    /** Each cause with its number and what it concerns. */
    public static String lines(List<SecretException> failures) {
        List<String> lines = new ArrayList<>();
        for (List<SecretException> group : groups(failures)) {
            lines.add("(" + (lines.size() + 1) + ") " + message(group));
        }
        return String.join(" ", lines);
    }

    private static String message(List<SecretException> group) {
        return group.size() == 1
                ? group.get(0).getMessage()
                : group.get(0).about(subjects(group)).getMessage();
    }

    private static List<List<SecretException>> groups(List<SecretException> failures) {
        Map<String, List<SecretException>> groups = new LinkedHashMap<>();
        failures.forEach(failure -> groups.computeIfAbsent(
                        failure.problem() + failure.reason() + "\n" + failure.fix(), g -> new ArrayList<>())
                .add(failure));
        return List.copyOf(groups.values());
    }
}
