package io.jenkins.plugins.awssecrets.demo.seed;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An auth method where it is mounted.
 *
 * @param path without {@code auth/} and without the slash at the end
 * @param type {@code approle}, {@code userpass}, {@code ldap}, {@code jwt}, {@code kubernetes}, {@code aws} or {@code
 *     cert}
 * @param accept the logins it accepts, without a look at what is in a JWT
 * @param jwt for {@code jwt}: the tokens it accepts, whose signature and claims it checks
 */
public record AuthSeed(String path, String type, List<Login> accept, Optional<JwtSeed> jwt) {
    public AuthSeed {
        path = path == null ? type : path;
        accept = Lists.of(accept);
        jwt = jwt == null ? Optional.empty() : jwt;
    }

    /**
     * A login that is accepted, and what its token may do.
     *
     * @param with what the login must send, by the names of Vault's API ({@code role_id}, {@code secret_id}, {@code
     *     username}, {@code password}, {@code role}, {@code jwt}); for {@code aws} besides the role the {@code arn} of
     *     the caller, wildcards allowed; for {@code cert} the {@code common_name} of the certificate
     * @param uses how often the login is good; without it, ever
     */
    public record Login(
            Map<String, String> with,
            List<String> policies,
            String ttl,
            Optional<String> maxTtl,
            Optional<Boolean> renewable,
            Optional<Integer> uses) {
        public Login {
            with = Lists.of(with);
            policies = Lists.of(policies);
        }

        public VaultSeed.Grant grant() {
            return new VaultSeed.Grant(policies, ttl, maxTtl, renewable);
        }

        @Override
        public String toString() {
            return "Login[]";
        }
    }
}
