/**
 * What operators see: how the sources stand, what is wrong and how to fix it, as a page, a warning, a health check and
 * metrics. Never a value.
 */
package io.jenkins.plugins.awssecrets.operations;
