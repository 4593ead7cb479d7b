/** OpenID Connect, as far as backends check ID tokens: keys, signatures and claims. */
package io.jenkins.plugins.awssecrets.demo.oidc;
