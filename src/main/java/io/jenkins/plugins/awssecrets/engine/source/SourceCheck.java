package io.jenkins.plugins.awssecrets.engine.source;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.Optional;

/**
 * One finding of a connection test.
 *
 * @param what what was tried, such as {@code list} or {@code log in}
 * @param required whether the source is of no use when this fails; listing, for one, is optional
 * @param problem empty when it worked
 */
public record SourceCheck(String what, boolean required, Optional<SecretException> problem) {
    public boolean ok() {
        return problem.isEmpty();
    }
}
