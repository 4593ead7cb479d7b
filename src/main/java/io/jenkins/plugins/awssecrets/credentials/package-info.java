/**
 * The catalog as Jenkins credentials: a read-only provider with a store a place, and one class a kind. No class here
 * holds a value unless it is a snapshot made for an agent; values are fetched when a getter is asked.
 */
package io.jenkins.plugins.awssecrets.credentials;
