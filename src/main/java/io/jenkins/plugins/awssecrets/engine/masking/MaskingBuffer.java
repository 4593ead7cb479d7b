package io.jenkins.plugins.awssecrets.engine.masking;

import io.jenkins.plugins.awssecrets.engine.masking.search.Anchors;
import io.jenkins.plugins.awssecrets.engine.masking.search.MaskedRuns;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Where one stream is: what it holds back, what of that is masked, and how far the output has come.
 *
 * <p>Positions count from the first byte of the bytes at hand; those held back from earlier have negative ones.
 * Everything before {@code passed} is in the output, a mask standing for all that it covers, so a mask is written as
 * soon as it begins; {@code masked} says that the output ends with one, to which a touching match adds nothing.
 */
final class MaskingBuffer {
    private static final byte[] NOTHING = {};
    private static final byte[] MASK = {'*', '*', '*', '*'};

    /** The end of a line is let through where no more of it is held back: a character or two, and the line break. */
    private static final int SHORT_END = 3;

    /** Writes of no more bytes are put behind those held back, so that both are read as one. */
    private static final int SMALL = 1024;

    /** Plain text of this many bytes goes to the sink from where it is; less is joined to the rest in one write. */
    private static final int LONG_TEXT = 4 * 1024;

    private final MaskedRuns runs = new MaskedRuns();
    private final Anchors anchors = new Anchors();
    private Matcher matcher;
    private LayoutScan layout;
    private int[] begins;
    private int undecided;
    private int state = Matcher.START;
    private byte[] held = NOTHING;
    private int heldLength;

    /** Where the bytes that are held back end in their array. */
    private int heldEnd;

    private int passed;
    private boolean masked;

    private byte[] output = new byte[128];
    private int outputLength;

    MaskingBuffer(Matcher matcher) {
        this.matcher = matcher;
        this.layout = new LayoutScan(matcher.layout());
        this.begins = matcher.begins();
    }

    /** Goes on with another matcher, which must know all patterns of the one before. */
    void use(Matcher next) {
        if (next == matcher) {
            return;
        }
        matcher = next;
        // What is masked among the held bytes matches again, or began before them and is in the output already.
        runs.clear();
        state = Matcher.START;
        layout = new LayoutScan(matcher.layout());
        begins = matcher.begins();
        byte[] again = Arrays.copyOfRange(held, heldEnd - heldLength, heldEnd);
        heldLength = 0;
        passed += again.length;
        scan(again, 0, again.length, false);
        held = again;
        heldLength = again.length;
        heldEnd = again.length;
        passed -= again.length;
        runs.advance(0, again.length);
        layout.advance(again.length);
        runs.advance(passed, 0);
    }

    private void scan(byte[] bytes, int offset, int length, boolean ended) {
        anchors.clear();
        int atHand = bytes == held ? heldLength : 0;
        state = matcher.scan(state, bytes, offset, length, atHand, begins, runs, anchors);
        undecided = matcher.undecided(state);
        if (!matcher.layout().isEmpty()) {
            LayoutText text = new LayoutText(held, heldEnd, heldLength, bytes, offset, length, ended);
            undecided = Math.max(undecided, layout.append(text, anchors, runs));
        }
    }

    /** Takes these bytes and passes on all that is decided then. */
    void append(byte[] bytes, int offset, int length, OutputStream sink) throws IOException {
        if (length <= SMALL) {
            join(bytes, offset, length);
            take(held, heldEnd, length, sink);
        } else {
            take(bytes, offset, length, sink);
        }
    }

    private void take(byte[] bytes, int offset, int length, OutputStream sink) throws IOException {
        scan(bytes, offset, length, false);
        pass(bytes, offset, length, length - undecided, sink);
    }

    /** Copies bytes behind those held back. */
    private void join(byte[] bytes, int offset, int length) {
        if (held.length - heldEnd < length) {
            int needed = heldLength + length;
            // What is held back is moved rarely, for the room that there is behind it then.
            byte[] target = 2 * needed > held.length ? new byte[Math.max(4 * needed, 4 * SMALL)] : held;
            System.arraycopy(held, heldEnd - heldLength, target, 0, heldLength);
            held = target;
            heldEnd = heldLength;
        }
        System.arraycopy(bytes, offset, held, heldEnd, length);
    }

    /** Passes on all that is decided. */
    void flush(OutputStream sink) throws IOException {
        pass(NOTHING, 0, 0, -undecided, sink);
    }

    boolean isHolding() {
        return passed < 0;
    }

    /** Passes on the end of a line where little of it is held back. A match that began there goes on to be looked for. */
    void passLineEnd(OutputStream sink) throws IOException {
        if (passed < 0 && -passed <= SHORT_END && held[heldEnd - 1] == '\n' && runs.size() == 0) {
            outputLength = 0;
            copy(NOTHING, 0, 0);
            sink.write(output, 0, outputLength);
        }
    }

    /** Passes on everything: no more bytes come, so no match does. */
    void finish(OutputStream sink) throws IOException {
        scan(NOTHING, 0, 0, true);
        pass(NOTHING, 0, 0, 0, sink);
        state = Matcher.START;
        undecided = 0;
        layout.reset(0);
    }

    /** Everything before {@code decided} goes out; what follows is held back. */
    private void pass(byte[] bytes, int offset, int length, int decided, OutputStream sink) throws IOException {
        outputLength = 0;
        for (int i = 0; i < runs.size(); i++) {
            int start = Math.max(runs.start(i), passed);
            copy(bytes, offset, Math.min(start, decided));
            if (passed < start) {
                break;
            }
            mask(runs.end(i));
        }
        if (bytes != held) {
            copy(bytes, offset, Math.min(0, decided));
        }
        int directStart = offset + passed;
        int directLength = decided - passed;
        if (outputLength > 0 && directLength < LONG_TEXT) {
            copy(bytes, offset, decided);
            directLength = 0;
        }
        if (directLength > 0) {
            passed = decided;
            masked = false;
        }
        hold(bytes, offset, length, length - decided);
        // Last, so that a sink's failure finds this object ready for the next call.
        if (outputLength > 0) {
            sink.write(output, 0, outputLength);
        }
        if (directLength > 0) {
            sink.write(bytes, directStart, directLength);
        }
    }

    /** Appends plain text from where the output ends to the position, if that is ahead. */
    private void copy(byte[] bytes, int offset, int until) {
        if (until <= passed) {
            return;
        }
        reserve(until - passed);
        int heldBytes = Math.max(0, Math.min(until, 0) - passed);
        int newBytes = until - passed - heldBytes;
        if (heldBytes > 0) {
            System.arraycopy(held, heldEnd + passed, output, outputLength, heldBytes);
        }
        if (newBytes > 0) {
            System.arraycopy(bytes, offset + passed + heldBytes, output, outputLength + heldBytes, newBytes);
        }
        outputLength += heldBytes + newBytes;
        passed = until;
        masked = false;
    }

    private void mask(int until) {
        if (!masked) {
            reserve(MASK.length);
            System.arraycopy(MASK, 0, output, outputLength, MASK.length);
            outputLength += MASK.length;
            masked = true;
        }
        passed = Math.max(passed, until);
    }

    private void reserve(int more) {
        if (outputLength + more > output.length) {
            output = Arrays.copyOf(output, Math.max(outputLength + more, 2 * output.length));
        }
    }

    /** Keeps the last bytes of those held and of these, and counts positions from their end. */
    private void hold(byte[] bytes, int offset, int length, int keep) {
        if (bytes == held) {
            heldEnd += length;
        } else {
            int older = Math.max(0, keep - length);
            byte[] target = keep > held.length ? new byte[Math.max(keep, 2 * held.length)] : held;
            System.arraycopy(held, heldEnd - older, target, 0, older);
            System.arraycopy(bytes, offset + length - (keep - older), target, older, keep - older);
            held = target;
            heldEnd = keep;
        }
        heldLength = keep;
        runs.advance(passed, length);
        layout.advance(length);
        passed -= length;
    }
}
