/** What helps to install and try the program: completions, the manual page, demo backends. */
package io.jenkins.plugins.awssecrets.cli.setup;
