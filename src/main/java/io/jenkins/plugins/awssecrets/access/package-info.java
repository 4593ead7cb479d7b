/**
 * Who may use what in this Jenkins: the one place that decides, whoever asks and in whatever way. The rules themselves
 * are the engine's; here they are asked about jobs, builds and folders.
 */
package io.jenkins.plugins.awssecrets.access;
