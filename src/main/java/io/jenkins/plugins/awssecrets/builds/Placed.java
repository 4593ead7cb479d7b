package io.jenkins.plugins.awssecrets.builds;

import io.jenkins.plugins.awssecrets.engine.source.Locator;

/**
 * What a build was given, by the source it is of.
 *
 * @param place full name of the folder whose source it is, since a folder may give an id that Jenkins has too to a
 *     source of its own; empty for Jenkins itself
 */
record Placed(String place, Locator locator) {}
