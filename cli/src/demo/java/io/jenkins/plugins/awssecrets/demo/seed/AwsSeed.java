package io.jenkins.plugins.awssecrets.demo.seed;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The AWS account: who may call, and what they may do.
 *
 * @param accessKeys where there is none, any key is accepted
 * @param roles where there is none, any role of the account can be assumed and may do everything
 * @param policies statements by the policy's name
 * @param emptyRegions regions that hold nothing; any other that no seed names holds what the account's does
 * @param oidcProviders whose ID tokens {@code AssumeRoleWithWebIdentity} takes; with one, {@code webIdentityTokens} is not
 *     looked at
 * @param packedPolicyLimit from how many characters on STS finds a session policy too large
 * @param webIdentityTokens tokens that {@code AssumeRoleWithWebIdentity} accepts; where there is none, any
 */
public record AwsSeed(
        String account,
        String region,
        List<AccessKey> accessKeys,
        List<Role> roles,
        Map<String, List<Statement>> policies,
        List<String> webIdentityTokens,
        List<String> emptyRegions,
        List<OidcProvider> oidcProviders,
        Integer packedPolicyLimit) {
    public static final AwsSeed DEFAULT = new AwsSeed(null, null, null, null, null, null, null, null, null);

    public AwsSeed {
        account = account == null ? "123456789012" : account;
        region = region == null ? "eu-west-1" : region;
        accessKeys = Lists.of(accessKeys);
        roles = Lists.of(roles);
        policies = policies == null ? Map.of() : Map.copyOf(policies);
        webIdentityTokens = Lists.of(webIdentityTokens);
        emptyRegions = Lists.of(emptyRegions);
        oidcProviders = Lists.of(oidcProviders);
        packedPolicyLimit = packedPolicyLimit == null ? 2048 : packedPolicyLimit;
    }

    /** The same account's other region. */
    public AwsSeed in(String other) {
        return new AwsSeed(
                account,
                other,
                accessKeys,
                roles,
                policies,
                webIdentityTokens,
                emptyRegions,
                oidcProviders,
                packedPolicyLimit);
    }

    /**
     * @param secret the secret access key; without it the signature is not checked
     * @param policies without it, everything is allowed
     */
    public record AccessKey(
            String id,
            Optional<String> secret,
            Optional<String> sessionToken,
            String user,
            boolean expired,
            Optional<List<String>> policies) {
        public AccessKey {
            user = user == null ? "demo" : user;
        }

        @Override
        public String toString() {
            return "AccessKey[" + id + "]";
        }
    }

    /**
     * @param trusts ARNs, wildcards allowed, of those who may assume it; where there is none, anybody
     * @param policies without it, everything is allowed
     * @param tagSession whether the trust policy allows {@code sts:TagSession}; it does unless it says no
     * @param claims what an ID token has to say, wildcards allowed; without it, the role trusts no ID token of a provider
     */
    public record Role(
            String arn,
            Optional<String> externalId,
            List<String> trusts,
            Optional<List<String>> policies,
            Boolean tagSession,
            Map<String, String> claims) {
        public Role {
            trusts = Lists.of(trusts);
            tagSession = tagSession == null || tagSession;
            claims = claims == null ? Map.of() : Map.copyOf(claims);
        }
    }

    /** An OIDC provider of IAM: who signs ID tokens, and the client ids that it signs them for. */
    public record OidcProvider(String issuer, List<String> audiences) {
        public OidcProvider {
            audiences = Lists.of(audiences);
        }
    }

    /**
     * @param allow actions, wildcards allowed
     * @param deny actions, wildcards allowed
     * @param on ARNs of resources, wildcards allowed; all where there is none
     */
    public record Statement(List<String> allow, List<String> deny, List<String> on) {
        public Statement {
            allow = Lists.of(allow);
            deny = Lists.of(deny);
            on = on == null ? List.of("*") : List.copyOf(on);
        }
    }
}
