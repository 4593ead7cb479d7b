/**
 * What the administrator configures, globally and by folder: the two places that hold sources and credentials, and what
 * of them the catalog is given. Knows nothing of builds.
 *
 * <p>Its rooms, each of which imports only those before it: {@code forms} (checks and permissions of what is typed),
 * {@code rules} (which builds may use what), {@code authentication} (how sources log in), {@code sources}, {@code
 * credentials}, this package itself, and beside it {@code trial} (the buttons that try what is typed) and {@code code}
 * (configuration as code).
 */
package io.jenkins.plugins.awssecrets.config;
