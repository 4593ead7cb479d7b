package io.jenkins.plugins.awssecrets.config.rules;

import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.config.forms.FieldCheck;
import io.jenkins.plugins.awssecrets.config.forms.Lines;
import io.jenkins.plugins.awssecrets.engine.rules.RuleParser;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the rules of sources and of credentials say of builds. */
public abstract class BuildRule<T extends BuildRule<T>> extends AbstractDescribableImpl<T> {
    private List<String> jobs;
    private List<String> branches;
    private Boolean changeRequests;

    BuildRule() {}

    /** XML that was edited by hand may leave a list out, or hold something else in it. */
    protected Object readResolve() {
        jobs = lines(jobs);
        branches = lines(branches);
        return this;
    }

    /** Patterns of full names of jobs; none for any job. */
    public List<String> getJobs() {
        return jobs == null ? List.of() : List.copyOf(jobs);
    }

    @DataBoundSetter
    public void setJobs(List<String> jobs) {
        this.jobs = lines(jobs);
    }

    /** For the form: a pattern a line. */
    public String getJobsText() {
        return String.join("\n", getJobs());
    }

    /** Patterns of names of branches and tags; none for any. */
    public List<String> getBranches() {
        return branches == null ? List.of() : List.copyOf(branches);
    }

    @DataBoundSetter
    public void setBranches(List<String> branches) {
        this.branches = lines(branches);
    }

    /** For the form: a pattern a line. */
    public String getBranchesText() {
        return String.join("\n", getBranches());
    }

    /** Whether builds of change requests match; {@code null} where the branches decide. */
    public Boolean getChangeRequests() {
        return changeRequests;
    }

    @DataBoundSetter
    public void setChangeRequests(Boolean changeRequests) {
        this.changeRequests = changeRequests;
    }

    /** From the form, where it is one of three. Has no getter, so that configuration as code does not know it. */
    @DataBoundSetter
    public void setChangeRequestsChoice(String choice) {
        changeRequests = choice == null || choice.isBlank() ? null : Boolean.valueOf(choice);
    }

    final Optional<Boolean> changes() {
        return Optional.ofNullable(changeRequests);
    }

    /** A form has a pattern a line in one text; code has a list. {@code null} for none. */
    static List<String> lines(List<String> texts) {
        List<String> lines = Lines.of(texts);
        return lines.isEmpty() ? null : lines;
    }

    final void checkBuilds() {
        Lines.each("jobs", getJobs(), RuleParser::job);
        Lines.each("branches", getBranches(), RuleParser::branch);
    }

    /** Checks patterns while they are typed. */
    public abstract static class BuildRuleDescriptor<T extends BuildRule<T>> extends Descriptor<T> {
        @POST
        public FormValidation doCheckJobsText(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.ofLines(place, value, RuleParser::job);
        }

        @POST
        public FormValidation doCheckBranchesText(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.ofLines(place, value, RuleParser::branch);
        }
    }
}
