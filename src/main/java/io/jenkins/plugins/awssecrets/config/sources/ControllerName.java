package io.jenkins.plugins.awssecrets.config.sources;

import hudson.Util;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import jenkins.model.Jenkins;

/** What CloudTrail shows as the caller where the controller assumes a role for itself. */
final class ControllerName {
    private static final String PREFIX = "jenkins";

    private ControllerName() {}

    /** As {@code jenkins-ci.example}, by this Jenkins' address. */
    static String forSessions() {
        return host().map(host -> PREFIX + "-" + host).orElse(PREFIX);
    }

    private static Optional<String> host() {
        try {
            return Optional.ofNullable(new URI(Util.fixNull(Jenkins.get().getRootUrl())).getHost());
        } catch (URISyntaxException e) {
            // A wrong address is shown by Jenkins itself.
            return Optional.empty();
        }
    }
}
