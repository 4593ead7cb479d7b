/** The source that reads AWS Systems Manager Parameter Store. */
package io.jenkins.plugins.awssecrets.engine.source.ssm;
