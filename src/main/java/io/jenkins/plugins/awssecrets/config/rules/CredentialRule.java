package io.jenkins.plugins.awssecrets.config.rules;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.rules.AllowList;
import io.jenkins.plugins.awssecrets.engine.rules.Rule;
import io.jenkins.plugins.awssecrets.engine.rules.RuleParser;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** One entry of a credential's {@code allow}: builds that may use it. */
public final class CredentialRule extends BuildRule<CredentialRule> {
    @DataBoundConstructor
    public CredentialRule() {
        // All of it is optional.
    }

    private Rule rule() {
        checkBuilds();
        return RuleParser.forCredential(getJobs(), getBranches(), changes());
    }

    /** @throws SecretException whose subject is the place in the list of what is wrong */
    public static AllowList allow(List<CredentialRule> rules) {
        List<Rule> all = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            try {
                all.add(rules.get(i).rule());
            } catch (SecretException e) {
                throw Malformed.within("allow[" + i + "]", e);
            }
        }
        return new AllowList(all);
    }

    @Extension
    @Symbol("rule")
    public static final class DescriptorImpl extends BuildRuleDescriptor<CredentialRule> {
        @Override
        public String getDisplayName() {
            return Messages.CredentialRule_DisplayName();
        }
    }
}
