/** {@code exec}: a command with secrets in its environment; its variables, files, output and signals. */
package io.jenkins.plugins.awssecrets.cli.exec;
