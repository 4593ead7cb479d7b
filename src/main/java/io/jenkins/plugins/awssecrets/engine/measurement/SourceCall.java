package io.jenkins.plugins.awssecrets.engine.measurement;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One call of a source that ended.
 *
 * @param source id of the source
 * @param ended when
 * @param took from the call to its end, with the source's own retries
 * @param problems what it met, the first of each {@link Problem}: what the call ended with, or what single secrets of a
 *     read met; empty when all went well
 */
public record SourceCall(
        String source, Operation operation, Instant ended, Duration took, List<SecretException> problems) {
    public SourceCall {
        problems = List.copyOf(problems);
    }
}
