/** Elastic Container Registry. */
package io.jenkins.plugins.awssecrets.demo.ecr;
