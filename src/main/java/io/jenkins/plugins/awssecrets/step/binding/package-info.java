/** The bindings of {@code withAwsSecrets}, one class for each kind of credential, and what a job may name in them. */
package io.jenkins.plugins.awssecrets.step.binding;
