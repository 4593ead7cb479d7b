/** The sources in the registry of the plugin {@code metrics}, where that is installed. */
@OptionalPackage(requirePlugins = "metrics")
package io.jenkins.plugins.awssecrets.metrics;

import org.jenkinsci.plugins.variant.OptionalPackage;
