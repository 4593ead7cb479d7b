package io.jenkins.plugins.awssecrets.engine.rules;

import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.List;
import java.util.Optional;

/**
 * Decides about references that no administrator of the source declared as a credential: those of a Jenkinsfile, and
 * those of a folder's credential to a source above the folder.
 *
 * @param place full name of the place that declares the source; empty for Jenkins itself
 * @param allow of the source
 * @param reserved what belongs to credentials that who asks may not see
 */
public record SourceRules(String id, SourceKind kind, String place, AllowList allow, ReservedSecrets reserved) {

    /** The same for the credentials of a folder that the source was lent to: they may take all of its names. */
    public SourceRules lent() {
        Rule all = RuleParser.forSource(kind, List.of("**"), List.of(), List.of(), Optional.empty());
        return new SourceRules(id, kind, place, new AllowList(List.of(all)), reserved);
    }

    /** Whether who asks may have what a reference of theirs names. */
    public Decision direct(Reference reference, Requester who) {
        return decide(
                reference.toString(),
                "a direct reference to it",
                reference,
                who.folder(),
                who,
                "declare a credential that takes it, or allow it by a rule of source " + id + " such as "
                        + example(reference, who));
    }

    /**
     * Whether who asks may have what a credential of a folder takes from this source above it. Who configures a folder is
     * not who configures the source.
     *
     * @param credential its id
     * @param folder full name of the folder that declares the credential, which {@code ${folder}} stands for
     */
    public Decision fromFolder(String credential, String folder, Reference reference, Requester who) {
        return decide(
                "credential '" + credential + "' of folder " + folder,
                "that a credential of this folder takes " + reference,
                reference,
                folder,
                who,
                "let an administrator allow it by a rule of source " + id + " such as " + example(reference, who));
    }

    /**
     * Whether a credential of a folder may be given the name by some rule, whoever asks. Where it may not, it takes
     * nothing, and so keeps nothing from others.
     */
    public boolean mayTake(String folder, Reference reference) {
        Requester anyone = Requester.ofJob(folder + "/any");
        return allow.rules().stream().anyMatch(rule -> rule.names(kind, reference.name(), folder, anyone));
    }

    /**
     * Whether a form of a folder may try a credential that takes the name from this source above it. A trial shows no
     * value, but that there is one.
     *
     * @param folder full name of the folder that the form is for
     */
    public Decision trial(String folder, Reference reference) {
        Requester anyone = Requester.ofJob(folder + "/any");
        if (reserved.against(place, reference, kind, anyone).isEmpty() && mayTake(folder, reference)) {
            return Decision.allowed("a rule of source " + id);
        }
        return Decision.refused(
                reference.toString(),
                "source " + id + " has no rule that allows it to folder " + folder,
                "let an administrator allow it by a rule of source " + id);
    }

    private Decision decide(
            String subject, String what, Reference reference, String folder, Requester who, String fix) {
        if (who.job().isEmpty()) {
            return Decision.refused(subject, "only jobs may use " + what.replaceFirst("^that ", ""), fix);
        }
        Optional<String> kept = reserved.against(place, reference, kind, who);
        if (kept.isPresent()) {
            return Decision.refused(
                    subject, kept.get(), "use a credential that this job sees, or keep the secret under another name");
        }
        if (allow.isEmpty()) {
            return Decision.refused(subject, "source " + id + " has no rule that allows " + what, fix);
        }
        Misses near = new Misses();
        for (int i = 0; i < allow.rules().size(); i++) {
            Rule rule = allow.rules().get(i);
            if (rule.names(kind, reference.name(), folder, who)) {
                Optional<String> unmet = rule.unmet(who);
                if (unmet.isEmpty()) {
                    return Decision.allowed(allow.numbered(i) + " of source " + id);
                }
                near.add(allow.numbered(i), unmet.get());
            }
        }
        return Decision.refused(subject, "no rule of source " + id + " allows " + what + " to " + who + near, fix);
    }

    private static String example(Reference reference, Requester who) {
        return "{ names: [\"" + reference.name() + "\"], jobs: [\"" + who.job() + "\"] }";
    }
}
