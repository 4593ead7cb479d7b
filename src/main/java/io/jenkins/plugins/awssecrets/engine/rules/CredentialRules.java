package io.jenkins.plugins.awssecrets.engine.rules;

import java.util.Optional;

/**
 * Decides about a credential. That its place is seen is decided before.
 *
 * @param id of the credential
 */
public record CredentialRules(String id, AllowList allow) {
    public Decision decide(Requester who) {
        if (allow.isEmpty()) {
            return Decision.allowed("the credential has no rules");
        }
        Misses near = new Misses();
        for (int i = 0; i < allow.rules().size(); i++) {
            Optional<String> unmet = allow.rules().get(i).unmet(who);
            if (unmet.isEmpty()) {
                return Decision.allowed(allow.numbered(i) + " of the credential");
            }
            near.add(allow.numbered(i), unmet.get());
        }
        return Decision.refused(
                "credential '" + id + "'",
                "none of its rules allows it to " + who + near,
                who.job().isEmpty()
                        ? "add a rule without jobs and branches"
                        : "run it where a rule matches, or let who declares the credential add a rule such as { jobs:"
                                + " [\""
                                + who.job() + "\"] }");
    }
}
