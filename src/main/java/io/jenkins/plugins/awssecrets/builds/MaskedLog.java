package io.jenkins.plugins.awssecrets.builds;

import io.jenkins.plugins.awssecrets.engine.masking.Masker;
import io.jenkins.plugins.awssecrets.engine.masking.MaskingOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/**
 * The streams of one build's log. Pipeline never closes a step's stream, so the end of a text that looks like the
 * beginning of a secret would be held back for ever; it is passed on when the step ends, or at the latest the build.
 */
final class MaskedLog {
    private static final Logger LOGGER = Logger.getLogger(MaskedLog.class.getName());

    /** More blocks in blocks than anybody writes. */
    private static final int DEEPEST = 64;

    /** A line that is longer than this is passed on in parts. */
    private static final int LONG_LINE = 8 * 1024;

    private static final int SHORT_WAIT_MILLIS = 500;
    private static final byte[] NOTHING = {};

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
        return new Stream(MaskingOutputStream.byLine(logger, masker), StepOutput.step(logger));
    }

    /** Passes on what is held back; to be called when nothing more is written. */
    void release() {
        // What one stream of a block lets go another one around it may hold back in turn.
        for (int depth = 0; depth < DEEPEST && !holding.isEmpty(); depth++) {
            Set.copyOf(holding).forEach(Stream::release);
        }
    }

    /** Passes on what is held back of a step's text, which has ended. */
    void release(String step) {
        holding.stream().filter(stream -> stream.step.equals(Optional.of(step))).forEach(Stream::release);
    }

    private final class Stream extends OutputStream {
        private final MaskingOutputStream masking;

        /** The step that the text is of; empty for the build's own lines, and where other filters stand between. */
        private final Optional<String> step;

        /**
         * What came byte by byte, of a line that goes on: so the output of {@code sh} comes, and to look at each byte
         * for itself takes ten times as long.
         */
        private byte[] line = NOTHING;

        private int length;

        /** Whether it is among those that hold something back: most writes change nothing there. */
        private boolean noted;

        /** Whether the rest of a line will be passed on soon, should it not end before. */
        private boolean awaited;

        Stream(MaskingOutputStream masking, Optional<String> step) {
            this.masking = masking;
            this.step = step;
        }

        boolean isOf(MaskedLog log) {
            return MaskedLog.this == log;
        }

        @Override
        public synchronized void write(int b) throws IOException {
            if (length == line.length) {
                line = Arrays.copyOf(line, Math.max(128, 2 * length));
            }
            line[length++] = (byte) b;
            if (b == '\n' || length == LONG_LINE) {
                passLine();
            }
            if (!awaited) {
                awaited = true;
                note();
                Timer.get().schedule(this::passAwaited, SHORT_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
            passLine();
            masking.write(bytes, offset, length);
            note();
        }

        @Override
        public synchronized void flush() throws IOException {
            passLine();
            masking.flush();
            note();
        }

        @Override
        public synchronized void close() throws IOException {
            try (OutputStream closing = masking) {
                passLine();
            } finally {
                holding.remove(this);
            }
        }

        /** Passes on what is held back, as nothing that belongs to it comes any more. */
        synchronized void release() {
            try {
                passLine();
                masking.release();
            } catch (IOException e) {
                LOGGER.log(Level.FINE, "The end of a step''s log was lost: {0}", e.getClass());
            }
            note();
        }

        private synchronized void passAwaited() {
            awaited = false;
            try {
                passLine();
            } catch (IOException e) {
                LOGGER.log(Level.FINE, "A part of a step''s log was lost: {0}", e.getClass());
            }
            note();
        }

        private void passLine() throws IOException {
            int passed = length;
            length = 0;
            if (passed > 0) {
                masking.write(line, 0, passed);
            }
        }

        private void note() {
            boolean holds = awaited || masking.isHolding();
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
