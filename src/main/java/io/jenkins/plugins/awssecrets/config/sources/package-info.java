/** The kinds of source as they are configured, and how the engine's sources are made of them. */
package io.jenkins.plugins.awssecrets.config.sources;
