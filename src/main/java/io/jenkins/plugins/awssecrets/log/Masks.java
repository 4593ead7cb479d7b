package io.jenkins.plugins.awssecrets.log;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;

/** What stands in a decorator's field: on the controller a {@link BuildMask}, on an agent a {@link MaskOnAgent}. */
final class Masks {
    private Masks() {}

    static OutputStream decorate(Serializable mask, OutputStream logger) throws IOException {
        if (mask instanceof BuildMask here) {
            return here.decorate(logger);
        }
        return ((MaskOnAgent) mask).decorate(logger);
    }
}
