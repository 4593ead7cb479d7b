/**
 * How sources log in: the methods of Vault, roles and web identities of AWS, and the credentials that Jenkins keeps for it.
 */
package io.jenkins.plugins.awssecrets.config.authentication;
