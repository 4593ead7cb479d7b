/** What must hold for the repository as a whole: hosting, words, imports. */
package io.jenkins.plugins.awssecrets.cli.repository;
