package io.jenkins.plugins.awssecrets.engine.policy;

import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.BuildLogins;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.ChildTokens;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultRoles;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How builds come by Vault tokens of their own, where each reads as itself, and what Vault needs for it. */
public sealed interface VaultBuilds {
    /** What to set up in Vault: a title, and what to write there. */
    record Part(String title, String text) {}

    /**
     * @param source its id
     * @param policy what the source's secrets need
     */
    List<Part> parts(String source, VaultPolicy policy);

    /**
     * Who Vault takes a build for.
     *
     * @throws io.jenkins.plugins.awssecrets.engine.SecretException where the build's folder or job does not fit
     */
    String identity(BuildIdentity build);

    /**
     * A login of each build with its ID token.
     *
     * @param role may name folder and job; empty for the mount's default role
     */
    record ByIdToken(String mount, Optional<String> role) implements VaultBuilds {
        @Override
        public List<Part> parts(String source, VaultPolicy policy) {
            String name = inPolicies(role.orElse("jenkins-jobs"));
            return List.of(
                    new Part(
                            "JWT role for builds of source " + source + ": auth/" + mount + "/role/" + name,
                            """
                            {
                              "role_type" : "jwt",
                              "user_claim" : "sub",
                              "bound_audiences" : [ "AUDIENCE-OF-THE-ID-TOKEN-CREDENTIAL" ],
                              "bound_claims_type" : "glob",
                              "bound_claims" : { "sub" : "ADDRESS-OF-JENKINS/job/BELOW*" },
                              "claim_mappings" : { "job" : "job" },
                              "token_policies" : [ "POLICY" ],
                              "token_ttl" : 3600
                            }
                            """.replace("BELOW", name.contains("FOLDER") ? "FOLDER/" : "")
                                    .replace("POLICY", name)),
                    new Part(
                            "Instead of naming each secret in a policy for each role: what is below the name of the"
                                    + " job, by the claim that is mapped",
                            templated(policy)));
        }

        @Override
        public String identity(BuildIdentity build) {
            return BuildLogins.identity(mount, role.map(VaultRoles::jwt), build);
        }

        private String templated(VaultPolicy policy) {
            return policy.rules().stream()
                    .map(VaultPolicy.Rule::path)
                    .filter(path -> path.contains("/data/"))
                    .map(path -> path.substring(0, path.indexOf("/data/") + "/data/".length()))
                    .distinct()
                    .map(mounted -> "path \"" + mounted + "{{identity.entity.aliases.ACCESSOR-OF-auth/" + mount
                            + ".metadata.job}}/*\" {\n  capabilities = [\"read\"]\n}\n")
                    .collect(Collectors.joining());
        }
    }

    /**
     * A token for each build that the source's own one makes.
     *
     * @param policies may name folder and job
     */
    record ByChildToken(List<String> policies, Optional<String> tokenRole) implements VaultBuilds {
        public ByChildToken {
            policies = List.copyOf(policies);
        }

        @Override
        public List<Part> parts(String source, VaultPolicy policy) {
            String path = "auth/token/create"
                    + tokenRole.map(role -> "/" + inPolicies(role)).orElse("");
            Part controller = new Part(
                    "Vault policy of the controller's login for source " + source
                            + ", which makes a token for each build; what follows is for the policies of builds ("
                            + String.join(", ", policies) + ")",
                    "path \"" + path + "\" {\n  capabilities = [\"update\"]\n}\n");
            return tokenRole
                    .map(role -> List.of(
                            controller, new Part("Token role: auth/token/roles/" + inPolicies(role), """
                                {
                                  "allowed_policies_glob" : [ POLICIES ],
                                  "orphan" : true,
                                  "renewable" : true
                                }
                                """.replace(
                                    "POLICIES",
                                    policies.stream()
                                            .map(name -> "\"" + name.replaceAll("\\$\\{(folder|job)}", "*") + "\"")
                                            .collect(Collectors.joining(", "))))))
                    .orElse(List.of(controller));
        }

        @Override
        public String identity(BuildIdentity build) {
            return new ChildTokens(
                            policies.stream().map(ChildTokens::policy).toList(),
                            Optional.empty(),
                            tokenRole.map(ChildTokens::role))
                    .identity(build);
        }
    }

    private static String inPolicies(String text) {
        return text.replace("${folder}", "FOLDER").replace("${job}", "JOB");
    }
}
