/**
 * Demo backends: Parameter Store, Secrets Manager, STS and Vault on loopback, over their real wire protocols.
 *
 * <p>Made for the demo and for tests: everything is in memory, and nothing here protects anything.
 */
package io.jenkins.plugins.awssecrets.demo;
