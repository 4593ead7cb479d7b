/** {@code check}: problems of a configuration, and what its rules decide for a job. */
package io.jenkins.plugins.awssecrets.cli.check;
