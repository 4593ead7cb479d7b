/** What the program prints and exits with: tables, JSON, errors and their exit codes. */
package io.jenkins.plugins.awssecrets.cli.output;
