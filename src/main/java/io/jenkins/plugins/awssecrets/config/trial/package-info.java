/**
 * What the buttons <i>Test connection</i> and <i>Test credential</i> do, with a form as it is typed and before it is saved.
 */
package io.jenkins.plugins.awssecrets.config.trial;
