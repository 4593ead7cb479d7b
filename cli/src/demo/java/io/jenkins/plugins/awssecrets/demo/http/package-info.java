/** HTTP on loopback, with its faults. */
package io.jenkins.plugins.awssecrets.demo.http;
