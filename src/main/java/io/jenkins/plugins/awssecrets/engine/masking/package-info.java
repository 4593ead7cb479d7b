/** Masking: the forms of a leaked secret, the matcher over them, and the stream that hides them. */
package io.jenkins.plugins.awssecrets.engine.masking;
