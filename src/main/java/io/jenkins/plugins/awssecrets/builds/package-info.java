/** What each running build was given: its snapshot of secrets, kept encrypted over a restart, and what to mask for it. */
package io.jenkins.plugins.awssecrets.builds;
