/** Sources: the contract every backend fulfils, and one package a backend. */
package io.jenkins.plugins.awssecrets.engine.source;
