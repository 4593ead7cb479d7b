package io.jenkins.plugins.awssecrets.cleanup;

import hudson.Extension;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.PeriodicWork;
import hudson.model.TaskListener;
import hudson.model.listeners.ItemListener;
import hudson.slaves.ComputerListener;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import java.util.concurrent.TimeUnit;

/** The chances to remove what could not be removed in time. */
public final class Retries {
    private Retries() {}

    /** The controller starts: builds that ran when it went down go on, or are over by now. */
    @Extension
    public static final class AtStart extends ItemListener {
        @Override
        public void onLoaded() {
            Catalog.get().executor().execute(() -> Remainders.get().retry());
        }

        /** Its builds run on: what they hold is theirs still. */
        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            Remainders.get().moved(oldFullName, newFullName);
        }
    }

    /** An agent comes back. */
    @Extension
    public static final class WhenAnAgentIsBack extends ComputerListener {
        @Override
        public void onOnline(Computer computer, TaskListener listener) {
            Catalog.get().executor().execute(() -> Remainders.get().retry(computer));
        }
    }

    /** A source answers again. */
    @Extension
    public static final class NowAndThen extends PeriodicWork {
        @Override
        public long getRecurrencePeriod() {
            return TimeUnit.MINUTES.toMillis(1);
        }

        @Override
        protected void doRun() {
            Catalog.get().executor().execute(() -> Remainders.get().retry());
        }
    }
}
