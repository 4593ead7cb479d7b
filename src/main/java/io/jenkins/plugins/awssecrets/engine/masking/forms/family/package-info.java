/**
 * One class a family of forms. Most are tables that say which character is written how; what composes (base64 over JSON,
 * JSON in JSON) composes the tables.
 */
package io.jenkins.plugins.awssecrets.engine.masking.forms.family;
