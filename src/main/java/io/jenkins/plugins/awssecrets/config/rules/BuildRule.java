package io.jenkins.plugins.awssecrets.config.rules;

import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.config.forms.FieldCheck;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.config.forms.ReadBack;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.rules.RuleParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
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
        jobs = orNone(ReadBack.list(jobs, String.class));
        branches = orNone(ReadBack.list(branches, String.class));
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
        return orNone(
                texts == null
                        ? List.of()
                        : texts.stream()
                                .flatMap(String::lines)
                                .map(String::strip)
                                .filter(line -> !line.isEmpty())
                                .toList());
    }

    static List<String> orNone(List<String> texts) {
        return texts.isEmpty() ? null : new ArrayList<>(texts);
    }

    /** Checks each of a list, and says which one is wrong. */
    static void each(String key, List<String> texts, Consumer<String> check) {
        IntStream.range(0, texts.size()).forEach(i -> {
            try {
                check.accept(texts.get(i));
            } catch (SecretException e) {
                throw Malformed.at(key + "[" + i + "]", e.reason(), e.fix());
            }
        });
    }

    final void checkBuilds() {
        each("jobs", getJobs(), RuleParser::job);
        each("branches", getBranches(), RuleParser::branch);
    }

    /** Checks patterns while they are typed. */
    public abstract static class BuildRuleDescriptor<T extends BuildRule<T>> extends Descriptor<T> {
        @POST
        public FormValidation doCheckJobsText(@AncestorInPath Item place, @QueryParameter String value) {
            return check(place, value, RuleParser::job);
        }

        @POST
        public FormValidation doCheckBranchesText(@AncestorInPath Item place, @QueryParameter String value) {
            return check(place, value, RuleParser::branch);
        }

        static FormValidation check(Item place, String value, Consumer<String> check) {
            return FieldCheck.of(place, value, text -> Arrays.stream(text.split("\\R"))
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .forEach(check));
        }
    }
}
