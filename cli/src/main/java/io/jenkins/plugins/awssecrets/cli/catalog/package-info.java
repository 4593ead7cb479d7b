/**
 * The sources of the configuration, and the credentials that are declared or discovered in them: {@code list},
 * {@code advise}.
 */
package io.jenkins.plugins.awssecrets.cli.catalog;
