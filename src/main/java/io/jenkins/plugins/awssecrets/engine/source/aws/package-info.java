/**
 * What Parameter Store and Secrets Manager share: client settings, logging in, SDK clients, calls that end by their
 * deadline, and the texts of AWS errors.
 */
package io.jenkins.plugins.awssecrets.engine.source.aws;
