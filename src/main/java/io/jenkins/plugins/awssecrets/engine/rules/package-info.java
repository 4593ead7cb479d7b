/**
 * Rules: which builds may use a source's names or a credential. They match names, a job, a branch and whether it is a
 * change request, and know nothing of Jenkins.
 */
package io.jenkins.plugins.awssecrets.engine.rules;
