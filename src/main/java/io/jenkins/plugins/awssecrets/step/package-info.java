/** {@code withAwsSecrets}: the step and the build wrapper, their bindings, private files and leases. */
package io.jenkins.plugins.awssecrets.step;
