package io.jenkins.plugins.awssecrets.metrics;

import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import java.util.Arrays;
import jenkins.metrics.api.Metrics;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** Removes what was counted for the sources of a folder that is deleted, moved or renamed: nothing adds to it any more. */
@OptionalExtension(requirePlugins = "metrics")
public final class FolderMetrics extends ItemListener {
    @Override
    public void onDeleted(Item item) {
        forget(item.getFullName());
    }

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        forget(oldFullName);
    }

    private static void forget(String place) {
        Metrics.metricRegistry().removeMatching((name, metric) -> Arrays.stream(MetricName.values())
                .anyMatch(one -> name.startsWith(one.with(place + "/"))));
    }
}
