package io.jenkins.plugins.awssecrets.catalog;

import hudson.Extension;
import hudson.model.PeriodicWork;
import java.util.concurrent.TimeUnit;

/**
 * Closes the sources of earlier configurations whose last leases ended by themselves, and those of folders that are gone,
 * and with them their logins.
 */
@Extension
public final class RetiredSources extends PeriodicWork {
    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    protected void doRun() {
        Catalog.get().executor().execute(Catalog.get()::tidy);
    }
}
