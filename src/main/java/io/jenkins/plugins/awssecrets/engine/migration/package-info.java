/** Brings configurations of the AWS Secrets Manager Credentials Provider and HashiCorp Vault plugins into this one's form. */
package io.jenkins.plugins.awssecrets.engine.migration;
