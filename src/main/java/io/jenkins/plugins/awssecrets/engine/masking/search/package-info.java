/** Finds many byte strings at once: the strings, the automaton over them, and filters that skip what holds none. */
package io.jenkins.plugins.awssecrets.engine.masking.search;
