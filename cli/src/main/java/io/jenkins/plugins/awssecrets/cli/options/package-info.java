/** The options that all commands share, what they come to, and what is wrong with a command line. */
package io.jenkins.plugins.awssecrets.cli.options;
