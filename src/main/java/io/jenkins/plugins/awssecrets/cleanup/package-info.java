/** What blocks and builds must not leave behind: private files on agents, and leases; noted on disk before it is made. */
package io.jenkins.plugins.awssecrets.cleanup;
