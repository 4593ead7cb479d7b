package io.jenkins.plugins.awssecrets.builds;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;

/** Keeps track of running builds whose job is renamed or moved, as their ids have the job's name in them. */
@Extension
public final class MovedJobs extends ItemListener {
    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        RunningBuilds.get().moved(item, oldFullName, newFullName);
    }
}
