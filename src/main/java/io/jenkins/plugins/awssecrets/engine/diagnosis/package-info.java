/** Why a source or a credential does not work, and how to fix it, told from metadata and from tries, never with a value. */
package io.jenkins.plugins.awssecrets.engine.diagnosis;
