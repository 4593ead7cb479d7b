/** What a login of AWS makes for a build: sessions of roles, logins to ECR, tokens for databases of RDS. */
package io.jenkins.plugins.awssecrets.engine.source.aws.minted;
