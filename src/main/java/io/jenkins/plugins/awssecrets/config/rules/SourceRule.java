package io.jenkins.plugins.awssecrets.config.rules;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.config.forms.FieldCheck;
import io.jenkins.plugins.awssecrets.config.forms.Lines;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.rules.AllowList;
import io.jenkins.plugins.awssecrets.engine.rules.Rule;
import io.jenkins.plugins.awssecrets.engine.rules.RuleParser;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** One entry of a source's {@code allow}: names that a direct reference may use, and builds that may. */
public final class SourceRule extends BuildRule<SourceRule> {
    private List<String> names;

    @DataBoundConstructor
    public SourceRule() {
        // Names are set by their setter, as all else: configuration as code keeps what variables are in them.
    }

    @Override
    protected Object readResolve() {
        names = lines(names);
        return super.readResolve();
    }

    /** Patterns of names in the source. */
    public List<String> getNames() {
        return names == null ? List.of() : List.copyOf(names);
    }

    @DataBoundSetter
    public void setNames(List<String> names) {
        this.names = lines(names);
    }

    /** For the form: a pattern a line. */
    public String getNamesText() {
        return String.join("\n", getNames());
    }

    private Rule rule(SourceKind kind) {
        Lines.each("names", getNames(), text -> RuleParser.name(kind, text));
        checkBuilds();
        return RuleParser.forSource(kind, getNames(), getJobs(), getBranches(), changes());
    }

    /** @throws SecretException whose subject is the place in the list of what is wrong */
    public static AllowList allow(SourceKind kind, List<SourceRule> rules) {
        List<Rule> all = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            try {
                all.add(rules.get(i).rule(kind));
            } catch (SecretException e) {
                throw Malformed.within("allow[" + i + "]", e);
            }
        }
        return new AllowList(all);
    }

    @Extension
    @Symbol("rule")
    public static final class DescriptorImpl extends BuildRuleDescriptor<SourceRule> {
        @Override
        public String getDisplayName() {
            return Messages.SourceRule_DisplayName();
        }

        /** Of a source whose kind the form does not tell here: what no kind takes is wrong. Saving checks by the kind. */
        @POST
        public FormValidation doCheckNamesText(@AncestorInPath Item place, @QueryParameter String value) {
            return FieldCheck.ofLines(place, value, SourceRule.DescriptorImpl::checkForSomeKind);
        }

        private static void checkForSomeKind(String text) {
            List<SecretException> mistakes = new ArrayList<>();
            Arrays.stream(SourceKind.values()).forEach(kind -> {
                try {
                    RuleParser.name(kind, text);
                } catch (SecretException e) {
                    mistakes.add(e);
                }
            });
            if (mistakes.size() == SourceKind.values().length) {
                throw mistakes.get(0);
            }
        }
    }
}
