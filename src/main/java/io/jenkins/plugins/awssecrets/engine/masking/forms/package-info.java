/**
 * How a secret looks once a tool has printed it. One class a family of forms; {@link
 * io.jenkins.plugins.awssecrets.engine.masking.forms.Derivation} puts them together. Most families are tables that say
 * which character is written how; what composes (base64 over JSON, JSON in JSON) composes the tables.
 */
package io.jenkins.plugins.awssecrets.engine.masking.forms;
