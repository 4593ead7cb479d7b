/** What the demo backends hold when they start. */
package io.jenkins.plugins.awssecrets.demo.seed;
