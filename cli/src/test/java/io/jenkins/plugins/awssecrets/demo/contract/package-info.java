/**
 * What the sources rely on at their backends, proven against the demo backends always and against real peers where they
 * run ({@code bin/peers}), so that the demo backends do not drift from the real protocols.
 */
package io.jenkins.plugins.awssecrets.demo.contract;
