/** Values for other programs to read: {@code get}, {@code export}, and the options that bind secrets to variables. */
package io.jenkins.plugins.awssecrets.cli.values;
