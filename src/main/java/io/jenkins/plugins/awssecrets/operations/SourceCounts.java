package io.jenkins.plugins.awssecrets.operations;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.catalog.CallListener;
import io.jenkins.plugins.awssecrets.catalog.SourceStatus;
import io.jenkins.plugins.awssecrets.engine.measurement.CallCounts;
import io.jenkins.plugins.awssecrets.engine.measurement.SourceCall;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The counts of each source since Jenkins started; a change of the configuration leaves them as they are. */
@Extension
public final class SourceCounts implements CallListener {
    private record Key(String place, String source) {}

    private final Map<Key, CallCounts> counts = new ConcurrentHashMap<>();

    public static SourceCounts get() {
        return ExtensionList.lookupSingleton(SourceCounts.class);
    }

    /** What was counted of a source; all zero for one that was not called. */
    public CallCounts.Summary of(SourceStatus source) {
        return counts.getOrDefault(new Key(source.owner().getFullName(), source.id()), new CallCounts())
                .summary();
    }

    @Override
    public void called(ItemGroup<?> owner, SourceCall call) {
        counts.computeIfAbsent(new Key(owner.getFullName(), call.source()), key -> new CallCounts())
                .ended(call);
    }
}
