package io.jenkins.plugins.awssecrets.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;
import net.jqwik.api.constraints.IntRange;

/** Random secrets, encoded by the JDK and Jackson, which know nothing of the tables. */
class SecretFormsPropertyTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Property(tries = 300)
    void percentEncodingIsHidden(@ForAll("secrets") String secret) throws URISyntaxException {
        assertHidden(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8));
        assertHidden(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
        String uri = new URI("https", "user:" + secret, "host", -1, "/", null, null).toASCIIString();
        assertHidden(secret, uri.substring("https://user:".length(), uri.length() - "@host/".length()));
    }

    @Property(tries = 300)
    void jsonIsHidden(@ForAll("secrets") String secret) throws IOException {
        String once = unquoted(JSON.writeValueAsString(secret));
        assertHidden(secret, once);
        assertHidden(secret, unquoted(JSON.writeValueAsString(once)));
        assertHidden(secret, unquoted(TextNode.valueOf(secret).toString()));
    }

    @Property(tries = 300)
    void propertiesFilesAreHidden(@ForAll("secrets") String secret) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("key", secret);
        StringWriter text = new StringWriter();
        properties.store(text, null);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        properties.store(bytes, null);
        for (String file : new String[] {text.toString(), bytes.toString(StandardCharsets.ISO_8859_1)}) {
            assertHidden(secret, file.substring(file.indexOf("key=") + 4).stripTrailing());
        }
    }

    @Property(tries = 300)
    void hexIsHidden(@ForAll("secrets") String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        assertHidden(secret, HexFormat.of().formatHex(bytes));
        assertHidden(secret, HexFormat.ofDelimiter(":").withUpperCase().formatHex(bytes));
        assertHidden(secret, HexFormat.ofDelimiter(", ").withPrefix("0x").formatHex(bytes));
    }

    /** Whatever stands beside the secret, and wherever the line is broken. */
    @Property(tries = 1000)
    void base64IsHiddenAtEveryOffset(
            @ForAll("secrets") String secret,
            @ForAll @IntRange(max = 120) int before,
            @ForAll @IntRange(max = 60) int after,
            @ForAll("columns") int columns) {
        byte[] data = ("x".repeat(before) + secret + "y".repeat(after)).getBytes(StandardCharsets.UTF_8);
        int length = secret.getBytes(StandardCharsets.UTF_8).length;
        byte[] encoded = columns == 0
                ? Base64.getEncoder().encode(data)
                : Base64.getMimeEncoder(columns, new byte[] {'\n'}).encode(data);
        String masked =
                Coverage.latin1(Masker.of(List.of(SecretValue.of(secret))).mask(encoded));

        int from = (8 * before + 5) / 6;
        int to = 8 * (before + length) / 6;
        if (columns > 0) {
            from += from / columns;
            to += (to - 1) / columns;
        }
        String leaked = Coverage.latin1(encoded).substring(from, to);
        // Where a line ends behind the first few characters, these are shown, and a character of the alphabet that is
        // no letter at the end of a line.
        for (int at = 0; at + 8 <= leaked.length(); at++) {
            assertThat(masked).doesNotContain(leaked.substring(at, at + 8));
        }
    }

    @Property(tries = 500)
    void everyFormIsAsLongAsItsSecretOrEightBytes(@ForAll("secrets") String secret) {
        int shortest = Math.min(8, secret.strip().getBytes(StandardCharsets.UTF_8).length);
        assertThat(SecretForms.derive(SecretValue.of(secret))).allMatch(form -> form.length >= shortest);
    }

    @Provide
    Arbitrary<String> secrets() {
        StringArbitrary punctuation = Arbitraries.strings().withCharRange(' ', '~');
        StringArbitrary beyond = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withCharRange('\u00a1', '\u00ff')
                .withCharRange('\u4e00', '\u4eff');
        return Arbitraries.oneOf(
                        punctuation.ofMinLength(8).ofMaxLength(80),
                        beyond.ofMinLength(8).ofMaxLength(30))
                // Blanks at the ends are no part of a form, and JSON is about its leaves.
                .map(text -> "s" + text.replace('{', 'b').replace('[', 'b').replace('"', '\'') + "\"\\t");
    }

    @Provide
    Arbitrary<Integer> columns() {
        return Arbitraries.of(0, 60, 64, 76);
    }

    private static void assertHidden(String secret, String leaked) {
        Collection<byte[]> forms = SecretForms.derive(SecretValue.of(secret));
        Coverage coverage = new Coverage(forms, ("a" + leaked + "b").getBytes(StandardCharsets.UTF_8));
        assertThat(coverage.masked()).isEqualTo("a****b");
    }

    private static String unquoted(String json) {
        return json.substring(1, json.length() - 1);
    }
}
