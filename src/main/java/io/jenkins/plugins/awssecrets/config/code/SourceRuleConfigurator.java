package io.jenkins.plugins.awssecrets.config.code;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.config.rules.SourceRule;
import io.jenkins.plugins.awssecrets.engine.rules.Rule;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.impl.configurators.DataBoundConfigurator;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import io.jenkins.plugins.casc.model.Scalar;
import io.jenkins.plugins.casc.model.Sequence;

/**
 * Keeps {@code ${folder}} and {@code ${job}} in the names of a rule: configuration as code would put a variable of the
 * environment in their place, or nothing, and {@code ${folder}/*} would become a rule for everybody.
 */
@Extension(optional = true)
public final class SourceRuleConfigurator extends DataBoundConfigurator<SourceRule> {
    private static final String NAMES = "names";

    public SourceRuleConfigurator() {
        super(SourceRule.class);
    }

    @Override
    protected void configure(Mapping config, SourceRule instance, boolean dryrun, ConfigurationContext context) {
        CNode names = config.get(NAMES);
        if (names != null) {
            Sequence kept = new Sequence();
            kept.setSource(names.getSource());
            Iterable<CNode> each = names instanceof Sequence list ? list : java.util.List.of(names);
            each.forEach(name -> kept.add(name instanceof Scalar scalar ? kept(scalar) : name));
            config.put(NAMES, kept);
        }
        super.configure(config, instance, dryrun, context);
    }

    private static Scalar kept(Scalar name) {
        return new Scalar(Rule.kept(name.getValue()), name.getSource());
    }
}
