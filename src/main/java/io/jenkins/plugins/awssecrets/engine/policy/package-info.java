/** The least permissions that a configuration needs, as policies of IAM and of Vault. */
package io.jenkins.plugins.awssecrets.engine.policy;
