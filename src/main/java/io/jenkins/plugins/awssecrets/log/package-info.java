/** The build's log: hides what the build was given, in every step's output, on agents too, and in errors. */
package io.jenkins.plugins.awssecrets.log;
