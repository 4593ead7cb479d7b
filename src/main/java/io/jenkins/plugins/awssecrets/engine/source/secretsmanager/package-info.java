/** The source that reads AWS Secrets Manager. */
package io.jenkins.plugins.awssecrets.engine.source.secretsmanager;
