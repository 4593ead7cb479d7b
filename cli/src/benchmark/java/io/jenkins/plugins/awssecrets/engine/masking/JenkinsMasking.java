package io.jenkins.plugins.awssecrets.engine.masking;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How Jenkins masks today, to compare with: one regular expression of all forms, the longest first, applied to each
 * line as a String. The forms are those of the credentials-binding plugin ({@code SecretPatterns} and the pattern
 * factories there): the text, as shells quote it, and base64 at three alignments.
 */
final class JenkinsMasking extends OutputStream {
    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

    private final OutputStream sink;
    private final Pattern pattern;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);

    JenkinsMasking(OutputStream sink, Pattern pattern) {
        this.sink = sink;
        this.pattern = pattern;
    }

    static Pattern pattern(Collection<byte[]> secrets) {
        return pattern(secrets, JenkinsMasking::forms);
    }

    /** The same of the texts alone, without their encodings. */
    static Pattern literals(Collection<byte[]> secrets) {
        return pattern(secrets, Stream::of);
    }

    private static Pattern pattern(Collection<byte[]> secrets, Function<String, Stream<String>> forms) {
        return Pattern.compile(secrets.stream()
                .map(secret -> new String(secret, StandardCharsets.UTF_8))
                .flatMap(forms)
                .filter(form -> form.length() >= 3)
                .sorted(LONGEST_FIRST)
                .distinct()
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
    }

    private static Stream<String> forms(String secret) {
        String bash = secret.replace("'", "'\\''");
        return Stream.concat(
                Stream.of(
                        secret,
                        bash,
                        "'" + bash + "'",
                        secret.replaceAll("(\\\\)(\\\\?)", "$2"),
                        secret.replaceAll("('+)", "'\"$1\"'"),
                        secret.replace("$", "$$"),
                        secret.replaceAll("(\\^)(\\^?)", "$2")),
                Stream.of("", "a", "aa").flatMap(shift -> base64(shift, secret)));
    }

    private static Stream<String> base64(String shift, String secret) {
        byte[] shifted = (shift + secret).getBytes(StandardCharsets.UTF_8);
        return Stream.of(Base64.getEncoder(), Base64.getUrlEncoder())
                .map(encoder -> encoder.encodeToString(shifted).substring(2 * shift.length()))
                .flatMap(encoded -> List.of(encoded, encoded.replaceAll(".=+$", "")).stream());
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int start = offset;
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                line.write(bytes, start, i + 1 - start);
                writeLine();
                start = i + 1;
            }
        }
        line.write(bytes, start, offset + length - start);
    }

    private void writeLine() throws IOException {
        Matcher matcher = pattern.matcher(line.toString(StandardCharsets.UTF_8));
        if (matcher.find()) {
            sink.write(matcher.replaceAll("****").getBytes(StandardCharsets.UTF_8));
        } else {
            line.writeTo(sink);
        }
        line.reset();
    }

    @Override
    public void close() throws IOException {
        writeLine();
        sink.close();
    }
}
