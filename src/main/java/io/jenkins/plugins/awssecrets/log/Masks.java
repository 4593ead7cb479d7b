package io.jenkins.plugins.awssecrets.log;

import java.io.OutputStream;
import java.io.Serializable;

/** What stands in a decorator's field: on the controller a {@link BuildMask}, on an agent an {@link OnAgent}. */
final class Masks {
    private Masks() {}

    /** Never throws: who calls a decorator goes on without it then, which would show what it is to hide. */
    static OutputStream decorate(Serializable mask, OutputStream logger) {
        try {
            if (mask instanceof BuildMask here) {
                return here.decorate(logger);
            }
            return switch ((OnAgent) mask) {
                case MASKED_ON_ARRIVAL -> logger;
                case WITHHELD -> new Withheld(logger, "another plugin keeps the log of this build");
            };
        } catch (RuntimeException e) {
            return new Withheld(logger, e.getClass().getName());
        }
    }
}
