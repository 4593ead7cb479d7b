/** {@code withAwsSecrets}: the step, the build wrapper, and what a block of either does. */
package io.jenkins.plugins.awssecrets.step;
