package io.jenkins.plugins.awssecrets.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** In place of a log whose secrets are not known: says once that and why nothing is shown, and shows nothing. */
final class Withheld extends OutputStream {
    private final OutputStream logger;
    private final String why;
    private boolean told;

    /** @param why a short text that holds nothing of anybody else's */
    Withheld(OutputStream logger, String why) {
        this.logger = logger;
        this.why = why;
    }

    @Override
    public synchronized void write(int b) throws IOException {
        if (!told) {
            told = true;
            logger.write(("AWS Secrets hides this output, as it could not find out what to mask (" + why + ")\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > 0) {
            write(bytes[offset]);
        }
    }

    @Override
    public void flush() throws IOException {
        logger.flush();
    }

    @Override
    public void close() throws IOException {
        logger.close();
    }
}
