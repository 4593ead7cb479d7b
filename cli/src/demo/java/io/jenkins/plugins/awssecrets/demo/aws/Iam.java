package io.jenkins.plugins.awssecrets.demo.aws;

import io.jenkins.plugins.awssecrets.demo.seed.AwsSeed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Identity-based policies: allow and deny, with wildcards in actions and resources; no conditions. */
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
        if (caller.policies().isEmpty()) {
            return;
        }
        List<AwsSeed.Statement> statements = caller.policies().get().stream()
                .flatMap(name -> policies.getOrDefault(name, List.of()).stream())
                .filter(s -> s.on().stream().anyMatch(pattern -> matches(pattern, resource)))
                .toList();
        boolean denied = statements.stream().anyMatch(s -> names(s.deny(), action));
        boolean allowed = statements.stream().anyMatch(s -> names(s.allow(), action));
        if (denied || !allowed) {
            throw AwsError.of(
                    "AccessDeniedException",
                    "User: " + caller.arn() + " is not authorized to perform: " + action + onResource
                            + (denied
                                    ? " with an explicit deny in an identity-based policy"
                                    : " because no identity-based policy allows the " + action + " action"));
        }
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
