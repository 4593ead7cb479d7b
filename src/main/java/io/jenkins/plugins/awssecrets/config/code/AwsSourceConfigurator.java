package io.jenkins.plugins.awssecrets.config.code;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.config.sources.AwsSourceConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.SecretsManagerConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.SsmConfiguration;
import io.jenkins.plugins.awssecrets.engine.rules.Rule;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.impl.configurators.DataBoundConfigurator;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import io.jenkins.plugins.casc.model.Scalar;
import io.jenkins.plugins.casc.model.Sequence;

/**
 * Lets {@code assumeRole} be one role where most have one, and a list where roles are chained. Keeps {@code ${folder}} and
 * {@code ${job}} in roles, in whose place configuration as code would put a variable of the environment.
 */
abstract class AwsSourceConfigurator<T extends AwsSourceConfiguration> extends DataBoundConfigurator<T> {
    private static final String ASSUME_ROLE = "assumeRole";
    private static final String WEB_IDENTITY = "webIdentity";
    private static final String ROLE_ARN = "roleArn";

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
        keepNames(config.get(ASSUME_ROLE));
        keepNames(config.get(WEB_IDENTITY));
        super.configure(config, instance, dryrun, context);
    }

    private static void keepNames(CNode roles) {
        if (roles instanceof Sequence list) {
            list.forEach(AwsSourceConfigurator::keepNames);
        } else if (roles instanceof Mapping role && role.get(ROLE_ARN) instanceof Scalar arn) {
            role.put(ROLE_ARN, new Scalar(Rule.kept(arn.getValue()), arn.getSource()));
        }
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
