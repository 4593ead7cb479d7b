package io.jenkins.plugins.awssecrets.engine.rules;

import java.util.Optional;

/**
 * Decides about a credential. That its place is seen is decided before.
 *
 * @param id of the credential
 */
public record CredentialRules(String id, AllowList allow) {
    /** What a job is told of a credential of the scope SYSTEM. */
    public Decision system() {
        return Decision.refused(
                subject(),
                "it has the scope SYSTEM, for Jenkins itself and its agents, and is not available to jobs",
                "use a credential with the scope GLOBAL");
    }

    /** What is told where the place that declares it is not above who asks. */
    public Decision elsewhere() {
        return Decision.refused(
                subject(),
                "no credential with this id is declared or discovered here or in a parent folder",
                "declare one where the job sees it");
    }

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
                subject(),
                "none of its rules allows it to " + who + near,
                who.job().isEmpty()
                        ? "add a rule without jobs and branches"
                        : "run it where a rule matches, or let who declares the credential add a rule such as { jobs:"
                                + " [\""
                                + who.job() + "\"] }");
    }

    private String subject() {
        return "credential '" + id + "'";
    }
}
