/**
 * Configuration as code: a load that applies as a whole or not at all, with the line of a mistake, and references in files.
 */
package io.jenkins.plugins.awssecrets.config.code;
