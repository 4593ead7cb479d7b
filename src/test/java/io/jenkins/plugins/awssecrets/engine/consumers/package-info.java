/** Programs of other people, and servers on loopback that they talk to. */
package io.jenkins.plugins.awssecrets.engine.consumers;
