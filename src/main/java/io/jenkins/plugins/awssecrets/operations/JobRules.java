package io.jenkins.plugins.awssecrets.operations;

import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.awssecrets.access.Requesters;
import io.jenkins.plugins.awssecrets.access.SecretAccess;
import io.jenkins.plugins.awssecrets.builds.BuildIdentities;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.rules.Decision;
import io.jenkins.plugins.awssecrets.engine.rules.Requester;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerRequest2;

/** The part of the page that says what the rules decide for one job, and who its builds read as. Asks no source. */
public final class JobRules {
    private final String job;
    private final String reference;
    private final List<Row> rows = new ArrayList<>();
    private final List<Row> identities = new ArrayList<>();
    private String requester = "";
    private String problem = "";

    /**
     * @param subject a credential's id, a reference, or a source that builds read from as themselves
     * @param reason which rule allows it, or why none does and how to fix it; of a source, who builds read as
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
        BuildIdentity next = BuildIdentities.ofNextBuildOf(found);
        view.kinds().keySet().stream()
                .flatMap(id -> view.source(id).stream())
                .flatMap(source -> identity(source, next).stream())
                .forEach(identities::add);
    }

    /** Who a build reads as; empty where it reads as the controller. */
    private static Optional<Row> identity(SecretSource source, BuildIdentity build) {
        String subject = source.id();
        try {
            Optional<SecretSource> session = source.forBuild(build);
            if (session.isEmpty()) {
                return Optional.empty();
            }
            try (SecretSource own = session.get()) {
                return Optional.of(Row.of(subject, Decision.readingAs(own.identityInFull(), build.number())));
            }
        } catch (SecretException e) {
            // What is not set up as it should be is told of the source, whatever the job.
            return e.problem() == Problem.REFUSED
                    ? Optional.of(Row.of(subject, new Decision(e.reason(), Optional.of(e))))
                    : Optional.empty();
        }
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

    /** The sources from which builds of the job read as themselves. */
    public Part<Row> getIdentities() {
        return Part.of(identities);
    }
}
