/** The {@code allow} lists of sources and credentials: which builds may use what. */
package io.jenkins.plugins.awssecrets.config.rules;
