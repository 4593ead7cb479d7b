package io.jenkins.plugins.awssecrets.config;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.casc.BaseConfigurator;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import java.util.List;

/**
 * Applies {@code unclassified.awsSecrets} as a whole or not at all, and says of a mistake in which file and line it
 * stands.
 */
@Extension(optional = true)
public final class AwsSecretsConfigurator extends BaseConfigurator<AwsSecretsConfiguration> {
    @Override
    public String getName() {
        return "awsSecrets";
    }

    @Override
    public Class<AwsSecretsConfiguration> getTarget() {
        return AwsSecretsConfiguration.class;
    }

    @Override
    protected AwsSecretsConfiguration instance(Mapping mapping, ConfigurationContext context) {
        return AwsSecretsConfiguration.get();
    }

    @Override
    public AwsSecretsConfiguration configure(CNode node, ConfigurationContext context) {
        // Configuring takes keys out of the node.
        CNode typed = node.clone();
        try {
            return super.configure(node, context);
        } catch (SecretException e) {
            CNode culprit = NodePath.find(typed, e.subject());
            // In the text: configurators further out put their own place into the exception.
            throw ConfiguratorException.from(culprit, e.getMessage() + " (" + culprit.getSource() + ")");
        } finally {
            AwsSecretsConfiguration.get().restore();
        }
    }

    @Override
    public CNode describe(AwsSecretsConfiguration instance, ConfigurationContext context) throws Exception {
        Mapping mapping = new Mapping();
        for (var attribute : List.copyOf(getAttributes())) {
            CNode value = attribute.describe(instance, context);
            if (value != null) {
                mapping.put(attribute.getName(), value);
            }
        }
        return mapping;
    }
}
