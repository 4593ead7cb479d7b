/** What Parameter Store and Secrets Manager have in common as sources. */
package io.jenkins.plugins.awssecrets.engine.source.aws.service;
