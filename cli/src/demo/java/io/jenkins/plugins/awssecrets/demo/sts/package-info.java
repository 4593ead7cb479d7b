/** Security Token Service. */
package io.jenkins.plugins.awssecrets.demo.sts;
