package io.jenkins.plugins.awssecrets.catalog;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.engine.measurement.SourceCall;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Is told of each call of a source, on the thread that made it: must be quick. */
public interface CallListener extends ExtensionPoint {
    /** @param owner Jenkins, or the folder whose property declares the source */
    void called(ItemGroup<?> owner, SourceCall call);

    /** Tells all of them. Whoever listens does not get in the way of the call. */
    static void tell(ItemGroup<?> owner, SourceCall call) {
        for (CallListener listener : ExtensionList.lookup(CallListener.class)) {
            try {
                listener.called(owner, call);
            } catch (RuntimeException e) {
                Logger.getLogger(CallListener.class.getName())
                        .log(Level.WARNING, "A call of source " + call.source() + " was not measured", e);
            }
        }
    }
}
