/** {@code mask}: a filter for the output of any program. */
package io.jenkins.plugins.awssecrets.cli.mask;
