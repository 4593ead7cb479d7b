/**
 * What every source can rely on, proven against the demo backends always and against real peers where they run, so that
 * the demo backends do not drift from the real protocols.
 */
package io.jenkins.plugins.awssecrets.demo.contract;
