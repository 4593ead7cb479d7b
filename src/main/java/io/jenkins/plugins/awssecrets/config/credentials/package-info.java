/** The kinds of credential as they are declared: one class a kind, and what they have in common. */
package io.jenkins.plugins.awssecrets.config.credentials;
