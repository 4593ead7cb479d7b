/**
 * Everything that needs no Jenkins: references, sources, credentials, resolving and masking.
 *
 * <p>No class below this package imports {@code hudson}, {@code jenkins}, {@code org.kohsuke} or {@code com.cloudbees}:
 * the command line is built from it and Maven Central alone. Nothing here returns {@code null}; absence is an
 * {@link java.util.Optional} or an empty collection.
 */
package io.jenkins.plugins.awssecrets.engine;
