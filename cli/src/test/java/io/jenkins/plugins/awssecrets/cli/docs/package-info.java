/** Holds README and the pages of {@code docs/} to what the program does. */
package io.jenkins.plugins.awssecrets.cli.docs;
