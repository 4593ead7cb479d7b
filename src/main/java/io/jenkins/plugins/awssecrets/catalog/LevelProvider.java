package io.jenkins.plugins.awssecrets.catalog;

import hudson.ExtensionPoint;
import hudson.model.ItemGroup;
import java.util.Optional;

/** Tells the catalog what a place declares. One implementation serves Jenkins itself, another one folders. */
public interface LevelProvider extends ExtensionPoint {
    /** Empty when this provider has nothing for the place. Called seldom: after start-up and after each change. */
    Optional<LevelDefinition> definition(ItemGroup<?> place);
}
