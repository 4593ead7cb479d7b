/** The program {@code aws-secrets}: its commands, exit codes and the way it tells failures. */
package io.jenkins.plugins.awssecrets.cli;
