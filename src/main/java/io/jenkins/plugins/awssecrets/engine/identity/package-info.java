/** The build that a secret is read for: what Jenkins knows of it, its ID token, and texts of settings that name it. */
package io.jenkins.plugins.awssecrets.engine.identity;
