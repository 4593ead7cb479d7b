/**
 * What all of our forms and files have in common: who may configure, how a text is checked, how a mistake is told.
 */
package io.jenkins.plugins.awssecrets.config.forms;
