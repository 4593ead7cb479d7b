package io.jenkins.plugins.awssecrets.log;

import java.io.OutputStream;
import java.io.Serializable;

/** What stands in a decorator's field: on the controller a {@link BuildMask}, on an agent a {@link MaskOnAgent}. */
final class Masks {
    private Masks() {}

    /** Never throws: who calls a decorator goes on without it then, which would show what it is to hide. */
    static OutputStream decorate(Serializable mask, OutputStream logger) {
        try {
            return mask instanceof BuildMask here ? here.decorate(logger) : ((MaskOnAgent) mask).decorate(logger);
        } catch (RuntimeException e) {
            return new Withheld(logger, e.getClass().getName());
        }
    }
}
