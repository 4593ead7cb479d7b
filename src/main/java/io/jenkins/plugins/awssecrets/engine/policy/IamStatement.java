package io.jenkins.plugins.awssecrets.engine.policy;

import io.jenkins.plugins.awssecrets.engine.Permission;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A statement that allows.
 *
 * @param sid says what it is for
 * @param resources ARNs, with {@code *} and {@code ?}
 * @param conditions by operator, each by key; all must hold
 */
public record IamStatement(
        String sid, List<String> actions, List<String> resources, Map<String, Map<String, String>> conditions) {
    public IamStatement {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        conditions = java.util.Collections.unmodifiableMap(new TreeMap<>(conditions));
    }

    /** Whether it is what a caller lacks that was denied this, conditions aside. */
    public boolean grants(Permission permission) {
        return actions.contains(permission.action())
                && resources.stream().anyMatch(r -> overlap(r, permission.resource()));
    }

    /** Part by part: what is lacking may be told without the account, which then is any. */
    private static boolean overlap(String one, String other) {
        String[] a = one.split(":", 6);
        String[] b = other.split(":", 6);
        if (a.length != b.length) {
            return matches(one, other) || matches(other, one);
        }
        for (int i = 0; i < a.length; i++) {
            if (!matches(a[i], b[i]) && !matches(b[i], a[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(String pattern, String text) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
    }
}
