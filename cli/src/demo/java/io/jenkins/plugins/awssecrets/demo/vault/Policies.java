package io.jenkins.plugins.awssecrets.demo.vault;

import io.jenkins.plugins.awssecrets.demo.seed.VaultSeed;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ACL policies of a namespace. Of all rules whose path fits, the ones with the most specific path count. */
final class Policies {
    /** What Vault's own default policy lets every token do, as far as it concerns a reader of secrets. */
    private static final List<VaultSeed.Rule> DEFAULT = List.of(
            rule("auth/token/lookup-self", "read"),
            rule("auth/token/renew-self", "update"),
            rule("auth/token/revoke-self", "update"),
            rule("sys/capabilities-self", "update"),
            rule("sys/internal/ui/resultant-acl", "read"),
            rule("sys/renew", "update"),
            rule("sys/leases/renew", "update"),
            rule("sys/leases/lookup", "update"),
            rule("cubbyhole/*", "create", "read", "update", "delete", "list"),
            rule("sys/wrapping/wrap", "update"),
            rule("sys/wrapping/lookup", "update"),
            rule("sys/wrapping/unwrap", "update"));

    /** Of templated policies, what an auth method says of the token's owner. */
    private static final Pattern TEMPLATE =
            Pattern.compile("\\{\\{identity\\.entity\\.aliases\\.(?<accessor>\\w+)\\.(name|metadata\\.(?<key>\\w+))}}");

    private final Map<String, List<VaultSeed.Rule>> byName;

    Policies(Map<String, List<VaultSeed.Rule>> byName) {
        this.byName = byName;
    }

    private static VaultSeed.Rule rule(String path, String... capabilities) {
        return new VaultSeed.Rule(path, List.of(capabilities));
    }

    boolean allow(Token token, VaultRequest.Verb verb, String path) {
        Set<String> granted = capabilities(token, path);
        if (verb == VaultRequest.Verb.LIST) {
            // Vault matches a LIST with the slash at the end that clients may leave out.
            granted = Stream.concat(granted.stream(), capabilities(token, path + "/").stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        return granted.contains("root")
                || switch (verb) {
                    case READ -> granted.contains("read");
                    case LIST -> granted.contains("list");
                    case WRITE -> granted.contains("create") || granted.contains("update");
                    case DELETE -> granted.contains("delete");
                };
    }

    /** As {@code sys/capabilities-self} gives them; {@code deny} where there is none. */
    Set<String> capabilities(Token token, String path) {
        if (token.isRoot()) {
            return Set.of("root");
        }
        List<VaultSeed.Rule> fitting =
                rules(token).filter(r -> fits(r.path(), path)).toList();
        Optional<String> best = fitting.stream().map(VaultSeed.Rule::path).max(BY_SPECIFICITY);
        Set<String> granted = fitting.stream()
                .filter(r -> best.filter(r.path()::equals).isPresent())
                .flatMap(r -> r.capabilities().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return granted.isEmpty() || granted.contains("deny") ? Set.of("deny") : granted;
    }

    /** Whether the token may do anything at all below the path, which is what shows a mount to it. */
    boolean sees(Token token, String mount) {
        return token.isRoot()
                || rules(token).anyMatch(r -> {
                    String open = r.path().replace("*", "");
                    return (open.startsWith(mount)
                                    || mount.startsWith(open) && r.path().endsWith("*")
                                    || fits(r.path(), mount))
                            && !r.capabilities().contains("deny");
                });
    }

    private Stream<VaultSeed.Rule> rules(Token token) {
        return token.policies.stream()
                .flatMap(name -> name.equals("default") && !byName.containsKey(name)
                        ? DEFAULT.stream()
                        : byName.getOrDefault(name, List.of()).stream())
                .flatMap(rule -> filledIn(rule, token).stream());
    }

    /** The rule as it is for a token; none where its template names something that the token's owner has not. */
    private static Optional<VaultSeed.Rule> filledIn(VaultSeed.Rule rule, Token token) {
        Matcher template = TEMPLATE.matcher(rule.path());
        StringBuilder path = new StringBuilder();
        while (template.find()) {
            Optional<String> value = token.alias
                    .filter(alias -> alias.accessor().equals(template.group("accessor")))
                    .flatMap(alias -> template.group("key") == null
                            ? Optional.of(alias.name())
                            : Optional.ofNullable(alias.metadata().get(template.group("key"))));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            template.appendReplacement(path, Matcher.quoteReplacement(value.get()));
        }
        return Optional.of(new VaultSeed.Rule(template.appendTail(path).toString(), rule.capabilities()));
    }

    private static final Comparator<String> BY_SPECIFICITY = Comparator.<String, Boolean>comparing(
                    p -> !p.endsWith("*"))
            .thenComparing(p -> !p.contains("+"))
            .thenComparing(String::length);

    private static boolean fits(String pattern, String path) {
        boolean open = pattern.endsWith("*");
        String[] parts = (open ? pattern.substring(0, pattern.length() - 1) : pattern).split("\\+", -1);
        String regex = Stream.of(parts).map(Pattern::quote).collect(Collectors.joining("[^/]+"));
        return Pattern.matches(regex + (open ? ".*" : ""), path);
    }
}
