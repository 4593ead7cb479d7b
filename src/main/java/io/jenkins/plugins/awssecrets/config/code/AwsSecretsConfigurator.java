package io.jenkins.plugins.awssecrets.config.code;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.config.AwsSecretsConfiguration;
import io.jenkins.plugins.awssecrets.config.credentials.CredentialConfiguration;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.casc.BaseConfigurator;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import io.jenkins.plugins.casc.model.Sequence;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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
        try {
            return telling(node, typed -> super.configure(typed, context));
        } finally {
            AwsSecretsConfiguration.get().restore();
        }
    }

    /** {@inheritDoc} Every check of a load is made, of a draft, so that what is in use is not touched. */
    @Override
    public AwsSecretsConfiguration check(CNode node, ConfigurationContext context) {
        return telling(node == null ? Mapping.EMPTY : node, typed -> {
            AwsSecretsConfiguration draft = AwsSecretsConfiguration.get().draft();
            configure(typed.asMapping(), draft, false, context);
            draft.check();
            return draft;
        });
    }

    private static AwsSecretsConfiguration telling(CNode node, Function<CNode, AwsSecretsConfiguration> work) {
        // Configuring takes keys out of the node.
        CNode typed = node.clone();
        try {
            refuseEmptyRules(typed);
            return work.apply(node);
        } catch (SecretException e) {
            CNode culprit = NodePath.find(typed, e.subject());
            // In the text: configurators further out put their own place into the exception.
            throw ConfiguratorException.from(culprit, e.getMessage() + " (" + culprit.getSource() + ")");
        }
    }

    /** Of the text, since setters cannot tell an empty list that is written from one that Job DSL fills in. */
    private static void refuseEmptyRules(CNode typed) {
        CNode credentials = NodePath.member(typed, "credentials").orElse(Mapping.EMPTY);
        List<CNode> each = credentials instanceof Sequence list ? list : List.of(credentials);
        for (int i = 0; i < each.size(); i++) {
            if (each.get(i) instanceof Mapping credential) {
                for (Map.Entry<String, CNode> kind : credential.entrySet()) {
                    if (NodePath.member(kind.getValue(), "allow").orElse(null) instanceof Sequence rules
                            && rules.isEmpty()) {
                        throw CredentialConfiguration.noRule("credentials[" + i + "]." + kind.getKey() + ".allow");
                    }
                }
            }
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
