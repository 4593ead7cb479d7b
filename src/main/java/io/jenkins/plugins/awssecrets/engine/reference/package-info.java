/** References: the text that names one value in one source. */
package io.jenkins.plugins.awssecrets.engine.reference;
