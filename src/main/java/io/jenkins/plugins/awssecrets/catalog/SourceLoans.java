package io.jenkins.plugins.awssecrets.catalog;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.ItemGroup;

/** Says which sources of Jenkins were lent to a folder: its declared credentials may refer to all of their names. */
public interface SourceLoans extends ExtensionPoint {
    boolean isLent(String sourceId, ItemGroup<?> folder);

    /** Whether anybody says so. */
    static boolean lent(String sourceId, ItemGroup<?> folder) {
        return ExtensionList.lookup(SourceLoans.class).stream().anyMatch(loans -> loans.isLent(sourceId, folder));
    }
}
