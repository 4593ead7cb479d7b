package io.jenkins.plugins.awssecrets.demo.vault;

import io.jenkins.plugins.awssecrets.demo.seed.AuthSeed;
import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** An auth method: which logins it accepts. */
final class Logins {
    private final AuthSeed seed;
    private final Tokens tokens;
    private final String namespace;
    private final AwsLogin awsLogin;
    private final Map<AuthSeed.Login, Integer> used = new IdentityHashMap<>();

    Logins(AuthSeed seed, Tokens tokens, String namespace, AwsLogin awsLogin) {
        this.seed = seed;
        this.tokens = tokens;
        this.namespace = namespace;
        this.awsLogin = awsLogin;
    }

    String type() {
        return seed.type();
    }

    /** @param request its path is below the mount: {@code login}, or {@code login/<user>} */
    VaultReply login(VaultRequest request, Instant now) {
        Map<String, String> sent = new HashMap<>();
        request.body()
                .fields()
                .forEachRemaining(e -> sent.put(e.getKey(), e.getValue().asText()));
        if (request.path().startsWith("login/")) {
            sent.put("username", request.path().substring("login/".length()));
        }
        request.commonName().ifPresent(name -> sent.put("common_name", name));
        if (seed.type().equals("aws")) {
            sent.put("arn", awsLogin.caller(sent));
        }
        if (seed.jwt().isPresent()) {
            return withJwt(new JwtLogin(seed.jwt().get()).accept(sent, now), request, sent, now);
        }
        AuthSeed.Login login = seed.accept().stream()
                .filter(l -> !isUsedUp(l))
                .filter(l -> fits(l, sent))
                .findFirst()
                .orElseThrow(this::refusal);
        used.merge(login, 1, Integer::sum);
        String user = sent.getOrDefault("username", sent.getOrDefault("role", seed.type()));
        Map<String, String> metadata = new LinkedHashMap<>();
        Optional.ofNullable(sent.get("role")).ifPresent(role -> metadata.put("role", role));
        Optional.ofNullable(sent.get("username")).ifPresent(name -> metadata.put("username", name));
        Token token = tokens.issue(
                namespace,
                "auth/" + seed.path() + "/" + request.path(),
                seed.path() + "-" + user,
                metadata,
                login.grant(),
                Optional.empty());
        return VaultReply.auth(token.auth(now));
    }

    private VaultReply withJwt(
            JwtLogin.Accepted accepted, VaultRequest request, Map<String, String> sent, Instant now) {
        Map<String, String> metadata = new LinkedHashMap<>(accepted.metadata());
        metadata.put("role", sent.get("role"));
        Token token = tokens.issue(
                namespace,
                "auth/" + seed.path() + "/" + request.path(),
                seed.path() + "-" + accepted.user(),
                metadata,
                accepted.role().grant(),
                Optional.of(new Token.Alias(accessor(), accepted.user(), accepted.metadata())));
        return VaultReply.auth(token.auth(now));
    }

    /** Of the mount, as templated policies name it. */
    String accessor() {
        return "auth_" + seed.type() + "_" + Integer.toHexString(seed.path().hashCode());
    }

    private boolean isUsedUp(AuthSeed.Login login) {
        return login.uses().filter(uses -> used.getOrDefault(login, 0) >= uses).isPresent();
    }

    private boolean fits(AuthSeed.Login login, Map<String, String> sent) {
        BiPredicate<String, String> same = (name, wanted) ->
                name.equals("arn") ? AwsLogin.matches(wanted, sent.get(name)) : wanted.equals(sent.get(name));
        return login.with().entrySet().stream().allMatch(e -> same.test(e.getKey(), e.getValue()));
    }

    private VaultError refusal() {
        return switch (seed.type()) {
            case "approle" -> VaultError.badRequest("invalid role or secret ID");
            case "userpass" -> VaultError.badRequest("invalid username or password");
            case "ldap" -> VaultError.badRequest("ldap operation failed: failed to bind as user");
            case "jwt" ->
                VaultError.badRequest(
                        "error validating token: error verifying token signature: no known key successfully validated"
                                + " the token signature");
            case "cert" -> VaultError.badRequest("invalid certificate or no client certificate supplied");
            default -> VaultError.of(403, "permission denied");
        };
    }
}
