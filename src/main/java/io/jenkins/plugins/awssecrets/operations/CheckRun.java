package io.jenkins.plugins.awssecrets.operations;

import io.jenkins.plugins.awssecrets.engine.diagnosis.Examined;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The check of a place that runs or ran last.
 *
 * @param running whether one is under way
 * @param ended when the last one ended
 * @param examined what the last one found
 * @param advice where the credentials were kept then, and what is known of their secrets
 * @param failure why the last one found nothing out; empty when it did
 */
record CheckRun(
        boolean running,
        Optional<Instant> ended,
        List<Examined> examined,
        PlaceAdvice advice,
        Optional<String> failure) {
    private static final PlaceAdvice NO_ADVICE = new PlaceAdvice(List.of(), List.of());
    static final CheckRun NEVER = new CheckRun(false, Optional.empty(), List.of(), NO_ADVICE, Optional.empty());

    CheckRun {
        examined = List.copyOf(examined);
    }

    /** What was found before stays until there is something new. */
    CheckRun begun() {
        return new CheckRun(true, ended, examined, advice, failure);
    }

    static CheckRun found(List<Examined> examined, PlaceAdvice advice, Instant ended) {
        return new CheckRun(false, Optional.of(ended), examined, advice, Optional.empty());
    }

    static CheckRun failed(String why, Instant ended) {
        return new CheckRun(false, Optional.of(ended), List.of(), NO_ADVICE, Optional.of(why));
    }
}
