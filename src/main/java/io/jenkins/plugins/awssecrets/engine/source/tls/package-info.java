/** Trust in servers, out of PEM texts. */
package io.jenkins.plugins.awssecrets.engine.source.tls;
