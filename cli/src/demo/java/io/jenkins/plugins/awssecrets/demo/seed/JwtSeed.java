package io.jenkins.plugins.awssecrets.demo.seed;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a JWT auth method checks, by the names of Vault's API.
 *
 * @param jwksUrl where the issuer's keys are
 * @param boundIssuer what {@code iss} must be
 */
public record JwtSeed(URI jwksUrl, String boundIssuer, Map<String, Role> roles) {
    public JwtSeed {
        roles = Lists.of(roles);
    }

    /**
     * A role.
     *
     * @param boundClaims values that a claim may have, by the claim
     * @param glob whether {@code *} in a bound claim stands for anything ({@code bound_claims_type})
     * @param userClaim the claim that names the entity's alias
     * @param claimMappings the alias' metadata, by the claim it is taken from
     */
    public record Role(
            List<String> boundAudiences,
            Optional<String> boundSubject,
            Map<String, List<String>> boundClaims,
            boolean glob,
            String userClaim,
            Map<String, String> claimMappings,
            List<String> policies,
            String ttl,
            Optional<String> maxTtl) {
        public Role {
            boundAudiences = Lists.of(boundAudiences);
            boundSubject = boundSubject == null ? Optional.empty() : boundSubject;
            boundClaims = Lists.of(boundClaims);
            userClaim = userClaim == null ? "sub" : userClaim;
            claimMappings = Lists.of(claimMappings);
            policies = Lists.of(policies);
        }

        public VaultSeed.Grant grant() {
            return new VaultSeed.Grant(policies, ttl, maxTtl, Optional.empty());
        }
    }
}
