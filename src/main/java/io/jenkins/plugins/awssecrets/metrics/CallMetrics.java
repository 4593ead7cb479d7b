package io.jenkins.plugins.awssecrets.metrics;

import com.codahale.metrics.MetricRegistry;
import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.catalog.CallListener;
import io.jenkins.plugins.awssecrets.catalog.SourceStatus;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.measurement.SourceCall;
import java.util.Locale;
import jenkins.metrics.api.Metrics;
import org.jenkinsci.plugins.variant.OptionalExtension;

/**
 * Counts and times calls. What was counted stays when the configuration changes, as counters only ever grow, and goes
 * with the folder ({@link FolderMetrics}).
 */
@OptionalExtension(requirePlugins = "metrics")
public final class CallMetrics implements CallListener {
    @Override
    public void called(ItemGroup<?> owner, SourceCall call) {
        MetricRegistry registry = Metrics.metricRegistry();
        String source = SourceStatus.fullName(owner, call.source());
        String operation = call.operation().word();
        registry.counter(MetricName.CALLS.with(source, operation)).inc();
        registry.timer(MetricName.DURATION.with(source, operation)).update(call.took());
        call.problems().forEach(why -> {
            String problem = why.problem().name().toLowerCase(Locale.ROOT);
            registry.counter(MetricName.ERRORS.with(source, problem)).inc();
            if (why.problem() == Problem.THROTTLED) {
                registry.counter(MetricName.THROTTLES.with(source)).inc();
            }
        });
        StateMetrics.get().register(registry);
    }
}
