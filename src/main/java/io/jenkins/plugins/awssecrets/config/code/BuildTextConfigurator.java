package io.jenkins.plugins.awssecrets.config.code;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.config.authentication.ChildTokensConfiguration;
import io.jenkins.plugins.awssecrets.config.authentication.JwtAuth;
import io.jenkins.plugins.awssecrets.engine.rules.Rule;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.impl.configurators.DataBoundConfigurator;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import io.jenkins.plugins.casc.model.Scalar;
import io.jenkins.plugins.casc.model.Sequence;
import java.util.List;

/**
 * Keeps {@code ${folder}} and {@code ${job}} in settings that may name the build: configuration as code would put a
 * variable of the environment in their place, or nothing, and all builds would read as one.
 */
abstract class BuildTextConfigurator<T> extends DataBoundConfigurator<T> {
    private final List<String> keys;

    BuildTextConfigurator(Class<T> type, String... keys) {
        super(type);
        this.keys = List.of(keys);
    }

    @Override
    protected void configure(Mapping config, T instance, boolean dryrun, ConfigurationContext context) {
        keys.forEach(key -> {
            if (config.get(key) != null) {
                config.put(key, kept(config.get(key)));
            }
        });
        super.configure(config, instance, dryrun, context);
    }

    private static CNode kept(CNode node) {
        if (node instanceof Scalar text) {
            return new Scalar(Rule.kept(text.getValue()), text.getSource());
        }
        if (node instanceof Sequence list) {
            Sequence kept = new Sequence();
            kept.setSource(list.getSource());
            list.forEach(each -> kept.add(kept(each)));
            return kept;
        }
        return node;
    }

    /** Of the role of a login by JWT. */
    @Extension(optional = true)
    public static final class OfJwt extends BuildTextConfigurator<JwtAuth> {
        public OfJwt() {
            super(JwtAuth.class, "role");
        }
    }

    /** Of the tokens of builds. */
    @Extension(optional = true)
    public static final class OfChildTokens extends BuildTextConfigurator<ChildTokensConfiguration> {
        public OfChildTokens() {
            super(ChildTokensConfiguration.class, "policies", "tokenRole");
        }
    }
}
