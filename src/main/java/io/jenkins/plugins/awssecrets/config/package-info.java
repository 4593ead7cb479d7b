/**
 * What the administrator configures: sources and credentials, globally and by folder, in forms, as code and in Job DSL.
 * Knows nothing of builds; gives the catalog what it declares.
 */
package io.jenkins.plugins.awssecrets.config;
