/** Secrets Manager. */
package io.jenkins.plugins.awssecrets.demo.secretsmanager;
