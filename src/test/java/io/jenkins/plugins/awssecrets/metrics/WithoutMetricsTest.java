package io.jenkins.plugins.awssecrets.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import io.jenkins.plugins.awssecrets.DownSource;
import io.jenkins.plugins.awssecrets.catalog.CallListener;
import io.jenkins.plugins.awssecrets.operations.TroubleMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

class WithoutMetricsTest {
    @RegisterExtension
    final RealJenkinsExtension jenkins = new RealJenkinsExtension().omitPlugins("metrics");

    @Test
    void pluginWorksWhereMetricsIsNotInstalled() throws Throwable {
        jenkins.then(WithoutMetricsTest::aSourceIsCalledAndWatched);
    }

    private static void aSourceIsCalledAndWatched(JenkinsRule rule) throws Exception {
        assertThat(rule.jenkins.getPluginManager().getPlugin("metrics")).isNull();
        DownSource.configure();

        DownSource.callInVain(rule.jenkins);

        assertThat(ExtensionList.lookupSingleton(TroubleMonitor.class).isActivated())
                .isTrue();
        assertThat(ExtensionList.lookup(CallListener.class)).hasSize(1);
    }
}
