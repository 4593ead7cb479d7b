/** Each kind, used by the tool that it is for, with servers on loopback. */
package io.jenkins.plugins.awssecrets.cli.consumers;
