/** Systems Manager Parameter Store. */
package io.jenkins.plugins.awssecrets.demo.ssm;
