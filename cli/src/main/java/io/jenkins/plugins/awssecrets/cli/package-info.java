/** The program {@code aws-secrets}: one run of it, from the command line to the exit code. */
package io.jenkins.plugins.awssecrets.cli;
