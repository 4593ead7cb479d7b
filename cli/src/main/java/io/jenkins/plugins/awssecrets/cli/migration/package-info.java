/** {@code import}: credentials of other plugins as configuration of this one. */
package io.jenkins.plugins.awssecrets.cli.migration;
