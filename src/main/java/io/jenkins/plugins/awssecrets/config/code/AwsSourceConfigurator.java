package io.jenkins.plugins.awssecrets.config.code;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.config.sources.AwsSourceConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.SecretsManagerConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.SsmConfiguration;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.impl.configurators.DataBoundConfigurator;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import io.jenkins.plugins.casc.model.Sequence;

/** Lets {@code assumeRole} be one role where most have one, and a list where roles are chained. */
abstract class AwsSourceConfigurator<T extends AwsSourceConfiguration> extends DataBoundConfigurator<T> {
    private static final String ASSUME_ROLE = "assumeRole";

    AwsSourceConfigurator(Class<T> type) {
        super(type);
    }

    @Override
    protected void configure(Mapping config, T instance, boolean dryrun, ConfigurationContext context) {
        CNode role = config.get(ASSUME_ROLE);
        if (role != null && role.getType() == CNode.Type.MAPPING) {
            Sequence one = new Sequence();
            one.setSource(role.getSource());
            one.add(role);
            config.put(ASSUME_ROLE, one);
        }
        super.configure(config, instance, dryrun, context);
    }

    /** Of Parameter Store. */
    @Extension(optional = true)
    public static final class OfSsm extends AwsSourceConfigurator<SsmConfiguration> {
        public OfSsm() {
            super(SsmConfiguration.class);
        }
    }

    /** Of Secrets Manager. */
    @Extension(optional = true)
    public static final class OfSecretsManager extends AwsSourceConfigurator<SecretsManagerConfiguration> {
        public OfSecretsManager() {
            super(SecretsManagerConfiguration.class);
        }
    }
}
