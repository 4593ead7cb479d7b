package io.jenkins.plugins.awssecrets.demo.aws;

import io.jenkins.plugins.awssecrets.demo.seed.AwsSeed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Identity-based and session policies: allow and deny, with wildcards in actions and resources, and {@code
 * ${aws:PrincipalTag/KEY}} in resources; no conditions.
 */
public final class Iam {
    private final Map<String, List<AwsSeed.Statement>> policies;

    public Iam(Map<String, List<AwsSeed.Statement>> policies) {
        this.policies = Map.copyOf(policies);
    }

    /** @throws AwsError {@code AccessDeniedException} with the text that AWS gives */
    public void require(Identity caller, String action, String resource) {
        check(caller, action, resource, " on resource: " + resource);
    }

    /**
     * For a resource that the caller named in another form, which is the form the error repeats.
     *
     * @throws AwsError {@code AccessDeniedException} with the text that AWS gives
     */
    public void require(Identity caller, String action, String resource, String asNamed) {
        check(caller, action, resource, " on resource: " + asNamed);
    }

    /**
     * For an action that has no resource.
     *
     * @throws AwsError {@code AccessDeniedException} with the text that AWS gives
     */
    public void require(Identity caller, String action) {
        check(caller, action, "*", "");
    }

    private void check(Identity caller, String action, String resource, String onResource) {
        caller.policies()
                .ifPresent(names -> check(
                        caller,
                        names.stream()
                                .flatMap(name -> policies.getOrDefault(name, List.of()).stream())
                                .toList(),
                        "identity-based policy",
                        action,
                        resource,
                        onResource));
        caller.sessionPolicy()
                .ifPresent(session -> check(caller, session, "session policy", action, resource, onResource));
    }

    private static void check(
            Identity caller,
            List<AwsSeed.Statement> policy,
            String kind,
            String action,
            String resource,
            String onResource) {
        List<AwsSeed.Statement> statements = policy.stream()
                .filter(s -> s.on().stream().anyMatch(pattern -> isOn(pattern, caller, resource)))
                .toList();
        boolean denied = statements.stream().anyMatch(s -> names(s.deny(), action));
        boolean allowed = statements.stream().anyMatch(s -> names(s.allow(), action));
        if (denied || !allowed) {
            throw AwsError.of(
                    "AccessDeniedException",
                    "User: " + caller.arn() + " is not authorized to perform: " + action + onResource
                            + (denied
                                    ? " with an explicit deny in " + (kind.startsWith("i") ? "an " : "a ") + kind
                                    : " because no " + kind + " allows the " + action + " action"));
        }
    }

    /** A tag that the caller does not have makes the pattern match nothing. */
    private static boolean isOn(String pattern, Identity caller, String resource) {
        String named = pattern;
        for (Map.Entry<String, String> tag : caller.tags().entrySet()) {
            named = named.replace("${aws:PrincipalTag/" + tag.getKey() + "}", tag.getValue());
        }
        return !named.contains("${aws:") && matches(named, resource);
    }

    private static boolean names(List<String> patterns, String action) {
        return patterns.stream().anyMatch(p -> matches(p.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT)));
    }

    /** Whether the text is what the pattern says, {@code *} and {@code ?} being wildcards. */
    public static boolean matches(String pattern, String text) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
    }
}
