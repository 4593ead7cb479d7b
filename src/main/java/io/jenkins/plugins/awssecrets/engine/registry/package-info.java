/** Container registries: their addresses, and files that log in to them. */
package io.jenkins.plugins.awssecrets.engine.registry;
