/** What the executable jar and the scripts around it do: tests that run after {@code package}, each in processes of its own. */
package io.jenkins.plugins.awssecrets.cli.packaged;
