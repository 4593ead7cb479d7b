package io.jenkins.plugins.awssecrets.engine.masking;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.masking.search.PatternSet;
import io.jenkins.plugins.awssecrets.engine.masking.search.StarCore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a fuzzer's bytes mean: some secrets, and a log that is written in pieces. Any bytes mean something.
 *
 * <p>The first byte chooses how many different bytes secrets and log are made of; few make them collide. The second is
 * the number of secrets, each of which follows with its length before it. The rest is the log: a byte, or a command to
 * write a secret, a part of one or one byte many times, to end a write, or to flush.
 */
final class FuzzedMasking {
    private static final int MOST_SECRETS = 12;
    private static final int SECRET = 0xF8;
    private static final int PART = 0xF9;
    private static final int CUT = 0xFA;
    private static final int FLUSH = 0xFB;
    private static final int REPEAT = 0xFC;

    private final byte[] data;
    private int at;
    private final int alphabet;
    private final List<byte[]> secrets = new ArrayList<>();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();

    private FuzzedMasking(byte[] data) {
        this.data = data;
        int[] alphabets = {2, 3, 4, 16, 64, 256};
        alphabet = alphabets[next() % alphabets.length];
    }

    /** Fails when the stream and {@link NaiveMasking} differ, at the end or at any flush. */
    static void run(byte[] data) {
        try {
            new FuzzedMasking(data).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() throws IOException {
        int count = 1 + next() % MOST_SECRETS;
        for (int i = 0; i < count; i++) {
            byte[] secret = new byte[PatternSet.SHORTEST + next() % 40];
            for (int j = 0; j < secret.length; j++) {
                secret[j] = letter(next());
            }
            if (PatternSet.isMaskable(secret) && StarCore.of(secret).isEmpty()) {
                secrets.add(secret);
            }
        }
        Masker masker = new Masker(
                value -> List.of(value.bytes()),
                secrets.stream().map(SecretValue::of).toList());
        NaiveMasking naive = new NaiveMasking(secrets);
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        MaskingOutputStream stream = new MaskingOutputStream(sink, masker);
        while (at < data.length) {
            boolean flush = readPiece();
            piece.writeTo(stream);
            piece.writeTo(log);
            piece.reset();
            if (flush) {
                stream.flush();
                requireEqual(sink.toByteArray(), naive.maskDecided(log.toByteArray()));
            }
        }
        stream.close();
        requireEqual(sink.toByteArray(), naive.mask(log.toByteArray()));
        requireEqual(masker.mask(log.toByteArray()), sink.toByteArray());
    }

    /** Reads what is one write, and says whether a flush follows. */
    private boolean readPiece() {
        while (at < data.length) {
            int command = next();
            switch (command) {
                case SECRET -> piece.writeBytes(secret());
                case PART -> {
                    byte[] secret = secret();
                    piece.write(secret, 0, secret.length == 0 ? 0 : next() % secret.length);
                }
                case REPEAT -> {
                    byte letter = letter(next());
                    for (int i = next(); i > 0; i--) {
                        piece.write(letter);
                    }
                }
                case CUT, FLUSH -> {
                    return command == FLUSH;
                }
                default -> piece.write(letter(command));
            }
        }
        return true;
    }

    private byte[] secret() {
        int index = next();
        return secrets.isEmpty() ? new byte[0] : secrets.get(index % secrets.size());
    }

    private byte letter(int value) {
        return (byte) (alphabet <= 64 ? '0' + value % alphabet : value);
    }

    private int next() {
        return at < data.length ? data[at++] & 0xFF : 0;
    }

    private static void requireEqual(byte[] actual, byte[] expected) {
        if (!Arrays.equals(actual, expected)) {
            throw new AssertionError(
                    "masked as " + Arrays.toString(actual) + ", expected " + Arrays.toString(expected));
        }
    }
}
