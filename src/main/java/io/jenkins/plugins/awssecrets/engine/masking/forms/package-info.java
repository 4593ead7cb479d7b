/**
 * How a secret looks once a tool has printed it. {@link
 * io.jenkins.plugins.awssecrets.engine.masking.forms.Derivation} finds what in it is a secret of its own, and gives each
 * part to the {@linkplain io.jenkins.plugins.awssecrets.engine.masking.forms.family families}.
 */
package io.jenkins.plugins.awssecrets.engine.masking.forms;
