/** How many requests a second a source sends. */
package io.jenkins.plugins.awssecrets.engine.source.rate;
