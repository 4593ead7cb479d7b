package io.jenkins.plugins.awssecrets.builds;

import io.jenkins.plugins.awssecrets.engine.masking.Masker;
import io.jenkins.plugins.awssecrets.engine.masking.MaskingOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The streams of one build's log. Pipeline never closes a step's stream, so the end of a text that looks like the
 * beginning of a secret would be held back for ever; it is passed on when the build ends.
 */
final class MaskedLog {
    private static final Logger LOGGER = Logger.getLogger(MaskedLog.class.getName());

    /** More blocks in blocks than anybody writes. */
    private static final int DEEPEST = 64;

    private final Masker masker;

    // Only those that hold something back: a build has as many streams as steps.
    private final Set<Stream> holding = ConcurrentHashMap.newKeySet();

    MaskedLog(Masker masker) {
        this.masker = masker;
    }

    /** A stream that masks is its own: each of the filters around a step would go through all its bytes again. */
    OutputStream stream(OutputStream logger) {
        if (logger instanceof Stream stream && stream.isOf(this)) {
            return logger;
        }
        return new Stream(MaskingOutputStream.byLine(logger, masker));
    }

    /** Passes on what is held back; to be called when nothing more is written. */
    void release() {
        // What one stream of a block lets go another one around it may hold back in turn.
        for (int depth = 0; depth < DEEPEST && !holding.isEmpty(); depth++) {
            releaseOnce();
        }
    }

    private void releaseOnce() {
        for (Stream stream : Set.copyOf(holding)) {
            stream.forget();
            try {
                stream.masking.release();
            } catch (IOException e) {
                LOGGER.log(Level.FINE, "The end of a step''s log was lost: {0}", e.getClass());
            }
        }
    }

    private final class Stream extends OutputStream {
        private final MaskingOutputStream masking;

        /** Whether it is among those that hold something back: most writes change nothing there. */
        private boolean noted;

        Stream(MaskingOutputStream masking) {
            this.masking = masking;
        }

        boolean isOf(MaskedLog log) {
            return MaskedLog.this == log;
        }

        synchronized void forget() {
            noted = false;
            holding.remove(this);
        }

        @Override
        public void write(int b) throws IOException {
            masking.write(b);
            note();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            masking.write(bytes, offset, length);
            note();
        }

        @Override
        public void flush() throws IOException {
            masking.flush();
            note();
        }

        @Override
        public void close() throws IOException {
            forget();
            masking.close();
        }

        private synchronized void note() {
            boolean holds = masking.isHolding();
            if (holds == noted) {
                return;
            }
            noted = holds;
            if (holds) {
                holding.add(this);
            } else {
                holding.remove(this);
            }
        }
    }
}
