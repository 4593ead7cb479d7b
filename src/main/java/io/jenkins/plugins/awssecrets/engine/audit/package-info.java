/** Audit: one event a use and a refusal of secrets, and what it is written to. No event holds a value. */
package io.jenkins.plugins.awssecrets.engine.audit;
