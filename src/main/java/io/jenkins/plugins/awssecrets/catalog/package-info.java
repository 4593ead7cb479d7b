/**
 * What there is in a place of Jenkins: the sources and credentials of the global configuration and of the folders above
 * it. The ground that {@code credentials} and {@code step} stand on; {@code config} fills it.
 */
package io.jenkins.plugins.awssecrets.catalog;
