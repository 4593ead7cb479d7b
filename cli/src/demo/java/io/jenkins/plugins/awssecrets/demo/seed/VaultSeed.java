package io.jenkins.plugins.awssecrets.demo.seed;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Vault.
 *
 * @param rootToken the token that may do everything
 * @param tokens other tokens, of the root namespace
 * @param policies rules by the policy's name
 * @param auth auth methods and who can log in
 * @param wrapped response-wrapping tokens, each good for one unwrapping
 * @param namespaces by path, without the slash at the end
 * @param tokenRoles what tokens may be made by {@code auth/token/create/<role>}, by the role's name
 */
public record VaultSeed(
        String rootToken,
        List<Token> tokens,
        Map<String, List<Rule>> policies,
        List<MountSeed> mounts,
        List<AuthSeed> auth,
        List<Wrapped> wrapped,
        Map<String, Namespace> namespaces,
        Map<String, TokenRole> tokenRoles) {
    public static final VaultSeed DEFAULT = new VaultSeed(null, null, null, null, null, null, null, null);

    public VaultSeed {
        rootToken = rootToken == null ? "demo-root-token" : rootToken;
        tokens = Lists.of(tokens);
        policies = Lists.of(policies);
        mounts = Lists.of(mounts);
        auth = Lists.of(auth);
        wrapped = Lists.of(wrapped);
        namespaces = Lists.of(namespaces);
        tokenRoles = Lists.of(tokenRoles);
    }

    @Override
    public String toString() {
        return "VaultSeed[]";
    }

    /** The root namespace. */
    public Namespace root() {
        return new Namespace(policies, mounts, auth);
    }

    /** A namespace. */
    public record Namespace(Map<String, List<Rule>> policies, List<MountSeed> mounts, List<AuthSeed> auth) {
        public Namespace {
            policies = Lists.of(policies);
            mounts = Lists.of(mounts);
            auth = Lists.of(auth);
        }
    }

    /**
     * A rule of a policy.
     *
     * @param path with {@code *} at the end or {@code +} for a segment
     * @param capabilities {@code read}, {@code list}, {@code create}, {@code update}, {@code delete}, {@code sudo},
     *     {@code deny}
     */
    public record Rule(String path, List<String> capabilities) {
        public Rule {
            capabilities = Lists.of(capabilities);
        }
    }

    /**
     * A role of the token auth method.
     *
     * @param allowedPoliciesGlob policies that its tokens may have, whatever the caller's own; {@code *} for anything
     * @param orphan whether its tokens outlive the caller's
     */
    public record TokenRole(List<String> allowedPoliciesGlob, boolean orphan) {
        public TokenRole {
            allowedPoliciesGlob = Lists.of(allowedPoliciesGlob);
        }
    }

    /** A token. */
    public record Token(String id, Grant grant) {
        /** As a seed file has it: the grant's members beside the id. */
        @JsonCreator
        public Token(
                @JsonProperty("id") String id,
                @JsonProperty("policies") List<String> policies,
                @JsonProperty("ttl") String ttl,
                @JsonProperty("maxTtl") Optional<String> maxTtl,
                @JsonProperty("renewable") Optional<Boolean> renewable) {
            this(id, new Grant(policies, ttl, maxTtl, renewable));
        }

        @Override
        public String toString() {
            return "Token[]";
        }
    }

    /**
     * What a token is given.
     *
     * @param ttl such as {@code 30m} or {@code 768h}; 768 hours where it is left out, {@code 0} for no end
     * @param maxTtl the end beyond which renewing does not go
     * @param renewable true where it is left out
     */
    public record Grant(List<String> policies, String ttl, Optional<String> maxTtl, Optional<Boolean> renewable) {
        public Grant {
            policies = Lists.of(policies);
            ttl = ttl == null ? "768h" : ttl;
            maxTtl = maxTtl == null ? Optional.empty() : maxTtl;
            renewable = renewable == null ? Optional.empty() : renewable;
        }
    }

    /**
     * A response-wrapping token.
     *
     * @param data what unwrapping gives
     * @param path that was called to make it, such as {@code auth/approle/role/ci/secret-id}; {@code sys/wrapping/wrap}
     *     where it is left out
     */
    public record Wrapped(String token, Map<String, Object> data, Optional<String> ttl, Optional<String> path) {
        public Wrapped {
            data = Lists.of(data);
            ttl = ttl == null ? Optional.empty() : ttl;
            path = path == null ? Optional.empty() : path;
        }

        @Override
        public String toString() {
            return "Wrapped[]";
        }
    }
}
