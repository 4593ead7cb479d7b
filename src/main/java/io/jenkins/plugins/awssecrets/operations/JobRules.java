package io.jenkins.plugins.awssecrets.operations;

import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.awssecrets.access.Requesters;
import io.jenkins.plugins.awssecrets.access.SecretAccess;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.rules.Decision;
import io.jenkins.plugins.awssecrets.engine.rules.Requester;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerRequest2;

/** The part of the page that says what the rules decide for one job. Asks no source. */
public final class JobRules {
    private final String job;
    private final String reference;
    private final List<Row> rows = new ArrayList<>();
    private String requester = "";
    private String problem = "";

    /**
     * @param subject a credential's id, or a reference
     * @param reason which rule allows it, or why none does and how to fix it
     */
    public record Row(String subject, boolean allowed, String reason) {
        // Jelly reads properties of beans.
        public String getSubject() {
            return subject;
        }

        public boolean isAllowed() {
            return allowed;
        }

        public String getReason() {
            return reason;
        }

        private static Row of(String subject, Decision decision) {
            return new Row(
                    subject,
                    decision.allows(),
                    decision.refusal()
                            .map(why -> why.reason() + ". To fix it, " + why.fix())
                            .orElse(decision.reason()));
        }
    }

    private JobRules(String job, String reference) {
        this.job = job;
        this.reference = reference;
    }

    /** Of the job and perhaps the reference that the reader typed. */
    static JobRules of(StaplerRequest2 request) {
        JobRules rules = new JobRules(text(request, "job"), text(request, "reference"));
        if (!rules.job.isEmpty()) {
            rules.decide();
        }
        return rules;
    }

    private static String text(StaplerRequest2 request, String name) {
        return Util.fixNull(request.getParameter(name)).trim();
    }

    private void decide() {
        // Nobody learns of a job that they may not see.
        Item item = Jenkins.get().getItemByFullName(job);
        if (!(item instanceof Job<?, ?> found)) {
            problem = item == null
                    ? "No job with this full name."
                    : "Not a job. For a multibranch project, enter the full name of a branch job, such as " + job
                            + "/main.";
            return;
        }
        Requester who = Requesters.ofBuildOf(found);
        requester = who.toString();
        CatalogView view = Catalog.get().forItem(found);
        try {
            if (!reference.isEmpty()) {
                rows.add(Row.of(
                        reference, SecretAccess.direct(view, view.parser().reference("reference", reference), who)));
            }
        } catch (SecretException e) {
            problem = "Not a reference: " + e.reason() + "; " + e.fix() + ".";
        }
        view.entries(Duration.ZERO).stream()
                .map(entry -> Row.of(entry.definition().id(), SecretAccess.to(entry, who)))
                // What is refused is what somebody looks for.
                .sorted(Comparator.comparing(Row::isAllowed))
                .forEach(rows::add);
    }

    public String getJob() {
        return job;
    }

    public String getReference() {
        return reference;
    }

    /** Who would ask, such as {@code job shop/web, branch main}. */
    public String getRequester() {
        return requester;
    }

    /** Why nothing can be said; empty where all is well. */
    public String getProblem() {
        return problem;
    }

    public Part<Row> getRows() {
        return Part.of(rows);
    }
}
