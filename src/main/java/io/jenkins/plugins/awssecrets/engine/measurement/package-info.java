/** How often sources are called, how long it takes, and what the calls meet; never with a value. */
package io.jenkins.plugins.awssecrets.engine.measurement;
