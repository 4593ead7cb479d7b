package io.jenkins.plugins.awssecrets;

import hudson.model.TopLevelItem;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import java.util.List;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsExtension;

/**
 * One Jenkins for the tests of a class, started where the first asks for it and stopped after the last. The harness' own
 * extension starts one for each test, and does not stop one that it started for a class.
 */
public final class SharedJenkins implements ParameterResolver, AfterAllCallback {
    private static final ExtensionContext.Namespace PLACE = ExtensionContext.Namespace.create(SharedJenkins.class);

    private final JenkinsExtension harness = new JenkinsExtension();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return harness.supportsParameter(parameter, context);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext found = context;
        while (found.getTestMethod().isPresent()) {
            found = found.getParent().orElseThrow();
        }
        ExtensionContext ofClass = found;
        return ofClass.getStore(PLACE)
                .getOrComputeIfAbsent(
                        JenkinsRule.class, key -> harness.resolveParameter(parameter, ofClass), Object.class);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        harness.afterEach(context);
    }

    /** Leaves no job and nobody who may more or less than in a Jenkins that has just started. */
    public static void clear(JenkinsRule jenkins) throws Exception {
        jenkins.waitUntilNoActivity();
        jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
        for (TopLevelItem item : List.copyOf(jenkins.jenkins.getItems())) {
            item.delete();
        }
    }
}
