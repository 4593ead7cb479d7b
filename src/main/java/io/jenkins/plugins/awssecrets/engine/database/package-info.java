/** Addresses of databases: taken apart as producers of secrets write them, and composed as drivers read them. */
package io.jenkins.plugins.awssecrets.engine.database;
