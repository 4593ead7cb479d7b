package io.jenkins.plugins.awssecrets.engine.diagnosis;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was found out about one source, one credential, or one secret that nearly is a credential.
 *
 * @param subject such as {@code source ssm}, {@code credential docker-hub} or {@code secret sm:ci/docker}
 * @param detail what was tried or read
 * @param findings empty when all is well
 */
public record Examined(String subject, String detail, List<Finding> findings) {
    public Examined {
        findings = List.copyOf(findings);
    }

    /** The worst finding's severity; empty when all is well. */
    public Optional<Severity> worst() {
        return findings.stream().map(Finding::severity).max(Comparator.naturalOrder());
    }

    public boolean failed() {
        return worst().filter(Severity.FAILED::equals).isPresent();
    }
}
