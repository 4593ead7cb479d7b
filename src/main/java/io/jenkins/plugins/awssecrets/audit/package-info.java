/** Which build used which secrets: kept with the build, for those who may configure its job. */
package io.jenkins.plugins.awssecrets.audit;
