/**
 * The configuration file: YAML in the form of the plugin's own configuration as code, read strictly. An error gives
 * file, line, column and the path to the field, and never repeats what was typed there.
 */
package io.jenkins.plugins.awssecrets.cli.config;
