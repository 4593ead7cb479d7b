/** {@code policy}: the least policies for a configuration, also as Terraform or CloudFormation. */
package io.jenkins.plugins.awssecrets.cli.policy;
