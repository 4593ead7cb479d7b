package io.jenkins.plugins.awssecrets.engine.masking;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Copies bytes to a sink, hiding a {@link Masker}'s secrets: what comes out over the stream's life is what goes in,
 * with each longest stretch of bytes that occurrences of forms cover replaced by one {@code ****}. Occurrences count
 * also where they overlap, and stretches that touch are one. How the bytes were cut into writes and flushes makes no
 * difference.
 *
 * <p>A write passes everything on that is decided. Held back is the longest suffix of the text so far that begins a
 * form, less what is masked already: a byte of it could yet be part of a match. {@link #flush} does not give it out
 * either, since a secret's first half would be on the screen; {@link #close} does, for then no match can come.
 *
 * <p>A secret that is added to the masker is looked for from the next call on, also in the bytes held back.
 *
 * <p>When the sink fails, its exception is thrown and the output of that call is not tried again: how much of it the
 * sink took is not known. The stream stays usable; what it holds back is not affected.
 *
 * <p>Safe for use by several threads, like a {@link java.io.PrintStream}: a write is one piece.
 */
public final class MaskingOutputStream extends OutputStream {
    /** Long writes go through in pieces of this many bytes, so that they stay in the processor's cache. */
    private static final int PIECE = 32 * 1024;

    private final OutputStream sink;
    private final Masker masker;
    private final MaskingBuffer buffer;
    private final boolean byLine;
    private final byte[] single = new byte[1];
    private boolean closed;

    /** A stream to a sink, which {@link #close} closes too. */
    public MaskingOutputStream(OutputStream sink, Masker masker) {
        this(sink, masker, false);
    }

    private MaskingOutputStream(OutputStream sink, Masker masker, boolean byLine) {
        this.byLine = byLine;
        this.sink = Objects.requireNonNull(sink, "sink");
        this.masker = masker;
        this.buffer = new MaskingBuffer(masker.matcher());
    }

    /**
     * A stream for a log that is read while it is written. A letter and a line break begin some form of most secrets,
     * so the end of every fifth line would come with the next one, and that of a last line nobody knows when. Where a
     * write or flush ends with a line break and no more than two bytes before it are held back, this stream passes
     * them on. Should they turn out to begin a match, they are shown and the rest of it is masked.
     */
    public static MaskingOutputStream byLine(OutputStream sink, Masker masker) {
        return new MaskingOutputStream(sink, masker, true);
    }

    @Override
    public synchronized void write(int b) throws IOException {
        single[0] = (byte) b;
        write(single, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (closed) {
            throw new IOException("the masking stream is closed");
        }
        buffer.use(masker.matcher());
        int end = offset + length;
        for (int at = offset; at < end; at += PIECE) {
            buffer.append(bytes, at, Math.min(PIECE, end - at), sink);
        }
        if (byLine) {
            buffer.passLineEnd(sink);
        }
    }

    /** Passes on all that can no longer be part of a match, and flushes the sink. */
    @Override
    public synchronized void flush() throws IOException {
        if (!closed) {
            buffer.use(masker.matcher());
            buffer.flush(sink);
            if (byLine) {
                buffer.passLineEnd(sink);
            }
        }
        sink.flush();
    }

    /**
     * Passes on the end of a line as a stream {@link #byLine} does, now and this once: for whoever knows that the next
     * line may be far away.
     */
    public synchronized void passLineEnd() throws IOException {
        if (!closed) {
            buffer.use(masker.matcher());
            buffer.passLineEnd(sink);
            sink.flush();
        }
    }

    /** Whether bytes are held back that could yet be part of a match. */
    public synchronized boolean isHolding() {
        return buffer.isHolding();
    }

    /**
     * Passes on what is held back, masked where it matches, and stays open: for whoever knows that the text ended but
     * that nobody closes the stream. What comes after begins anew, so half a secret before and half after is shown.
     */
    public synchronized void release() throws IOException {
        if (!closed) {
            buffer.use(masker.matcher());
            buffer.finish(sink);
            sink.flush();
        }
    }

    /** Passes on what was held back, masked where it matches, and closes the sink, also when that fails. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (OutputStream closing = sink) {
            buffer.use(masker.matcher());
            buffer.finish(closing);
            closing.flush();
        }
    }
}
