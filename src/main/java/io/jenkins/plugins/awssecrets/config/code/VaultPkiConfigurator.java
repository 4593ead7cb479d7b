package io.jenkins.plugins.awssecrets.config.code;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.config.credentials.VaultPkiConfiguration;
import io.jenkins.plugins.awssecrets.engine.rules.Rule;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.impl.configurators.DataBoundConfigurator;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import io.jenkins.plugins.casc.model.Scalar;

/**
 * Keeps {@code ${folder}} and {@code ${job}} in a common name: configuration as code would put a variable of its own
 * environment in their place.
 */
@Extension(optional = true)
public final class VaultPkiConfigurator extends DataBoundConfigurator<VaultPkiConfiguration> {
    private static final String COMMON_NAME = "commonName";

    public VaultPkiConfigurator() {
        super(VaultPkiConfiguration.class);
    }

    @Override
    protected VaultPkiConfiguration instance(Mapping config, ConfigurationContext context)
            throws ConfiguratorException {
        CNode name = config.get(COMMON_NAME);
        if (name instanceof Scalar scalar) {
            config.put(COMMON_NAME, new Scalar(Rule.kept(scalar.getValue()), scalar.getSource()));
        }
        return super.instance(config, context);
    }
}
