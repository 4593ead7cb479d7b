/**
 * What Parameter Store and Secrets Manager share: client settings, authentication, SDK clients, sessions of builds, and
 * the texts of AWS errors.
 */
package io.jenkins.plugins.awssecrets.engine.source.aws;
