/**
 * Keys, certificates and key stores as people store them: what is unambiguous is repaired, what is something else is
 * refused by its name. Bouncy Castle reads the formats that the JDK does not, and is loaded when one is met.
 */
package io.jenkins.plugins.awssecrets.engine.keys;
