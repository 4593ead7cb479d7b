package io.jenkins.plugins.awssecrets.builds;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** What a step of a Pipeline writes, or with an empty name what the build does: changes nothing, knows whose text it is. */
public final class StepOutput extends FilterOutputStream {
    private final String step;

    /** @param step the id of the step's node */
    public StepOutput(OutputStream log, String step) {
        super(log);
        this.step = step;
    }

    /** Empty for a stream that does not say whose text it takes. */
    static Optional<String> step(OutputStream log) {
        return log instanceof StepOutput output ? Optional.of(output.step) : Optional.empty();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }
}
