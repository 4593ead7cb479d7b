/** What reads like no secret: words, hosts, regions, addresses, and the names that tell. {@code docs/masking.md} lists it. */
package io.jenkins.plugins.awssecrets.engine.masking.plain;
