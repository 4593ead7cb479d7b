/** Bindings: which credential or reference goes to which environment variables and private files. */
package io.jenkins.plugins.awssecrets.engine.binding;
