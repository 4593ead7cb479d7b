/** How tools write single characters, bytes and words; knows nothing of secrets. */
package io.jenkins.plugins.awssecrets.engine.masking.forms.spelling;
