package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Escape;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.EscapeTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Percent-encoding (RFC 3986, section 2.1): in URLs, user info, JDBC parameters and forms. Tools differ in what they
 * keep, in the case of the digits and in the blank. Letters, digits, {@code -}, {@code _} and {@code .} are kept by all.
 */
public final class PercentForms implements FormFamily {
    private static final String ALL_KEEP = "-_.";

    /** RFC 3986: Python quote(safe=''), PHP rawurlencode, Ruby ERB, Go QueryEscape, .NET EscapeDataString, git. */
    public static final EscapeTable RFC3986 = table("~", true);
    /** The same in lower case: curl, .NET, git. */
    public static final EscapeTable RFC3986_LOWER = table("~", false);
    /** JavaScript encodeURIComponent, jq @uri, Perl URI::Escape. */
    static final EscapeTable COMPONENT = table("~!*'()", true);
    /** Java URLEncoder, URLSearchParams and Ruby's encode_www_form_component, before the blank becomes a plus. */
    public static final EscapeTable FORM = table("*", true);

    /** Python quote. */
    static final EscapeTable PATH = table("~/", true);

    private static final EscapeTable QUOTE_PLUS = RFC3986.and().map(' ', "+").build();

    /** PHP urlencode. */
    private static final EscapeTable PHP = table("", true).and().map(' ', "+").build();

    /** What is kept by encoders that are seen in both cases of digits and with both blanks. */
    private static final List<String> COMMON = List.of("~", "~/", "*", "", "~!*'()", "!*()");

    private static final List<EscapeTable> TABLES = tables();

    private static final List<EscapeTable> CORE = List.of(RFC3986, PATH, FORM, COMPONENT, RFC3986_LOWER);

    private static final List<EscapeTable> TWICE = List.of(RFC3986, COMPONENT, FORM, PATH, RFC3986_LOWER);

    static final EscapeTable PLUS = FORM.and().map(' ', "+").build();

    /** JSON in a query or a form. */
    private static final List<EscapeTable> IN_URL =
            List.of(RFC3986, RFC3986_LOWER, COMPONENT, FORM, PLUS, QUOTE_PLUS, PATH);

    /** JavaScript escape() and its relatives: Latin-1 as one byte, the rest as {@code %u20AC}. */
    private static final EscapeTable SCRIPT = EscapeTable.builder()
            .allBut(ALL_KEEP + "@*+/", Escape.PERCENT_UPPER)
            .beyond((c, next) -> c < 256 ? Escape.PERCENT_UPPER.of(c, next) : Escape.units(c, "%u", "", true))
            .build();

    private static final EscapeTable SCRIPT_LOWER = EscapeTable.builder()
            .allBut(ALL_KEEP + "@*+/", Escape.PERCENT_LOWER)
            .beyond((c, next) -> c < 256 ? Escape.PERCENT_LOWER.of(c, next) : Escape.units(c, "%u", "", false))
            .build();

    private static List<EscapeTable> tables() {
        List<EscapeTable> tables = new ArrayList<>();
        for (String kept : COMMON) {
            for (boolean upper : new boolean[] {true, false}) {
                EscapeTable table = table(kept, upper);
                tables.add(table);
                tables.add(table.and().map(' ', "+").build());
            }
        }
        for (String kept : List.of(
                // JavaScript encodeURI, .NET EscapeUriString
                "~!*'();/?:@&=+$,#",
                // java.net.URI: user info, path, query
                "~!*'(),;:$&+=",
                "~!*'(),;:$&+=/@",
                "~!*'(),;:$&+=/@?[]",
                // Go: path segment, user info, path
                "~$&+=:@",
                "~$&+,;=",
                "~$&+,;=/:@",
                "~!*()$&+,;=/:@?",
                // Spring's UriUtils: path segment, path, query parameter
                "~!*'(),;:$&+=@",
                "~!*'(),;:$+/?@",
                // Node's url.format
                "~!*'():",
                // OkHttp password; Python requests
                "~!$&()*+,",
                "~!#$&'()*+,/:;=?@[]",
                "~!#$%&'()*+,/:;=?@[]")) {
            tables.add(table(kept, true));
        }
        // java.net.URI's toString keeps what is beyond ASCII
        for (String kept : List.of("~!*'(),;:$&+=", "~!*'(),;:$&+=/@", "~!*'(),;:$&+=/@?[]")) {
            tables.add(EscapeTable.builder()
                    .allBut(ALL_KEEP + kept, Escape.PERCENT_UPPER)
                    .build());
        }
        // The URL standard (whatwg) names what is encoded, not what is kept: user info, path, query, fragment.
        for (String encoded :
                List.of(" \"#<>?`{}/:;=@[\\]^|", " \"#<>?`{}", " \"#<>?`{}^", " \"#<>'", " \"#<>", " \"<>`")) {
            tables.add(EscapeTable.builder()
                    .controls(Escape.PERCENT_UPPER)
                    .each(encoded, Escape.PERCENT_UPPER)
                    .beyond(Escape.PERCENT_UPPER)
                    .build());
        }
        return List.copyOf(tables);
    }

    private static EscapeTable table(String kept, boolean upper) {
        Escape escape = upper ? Escape.PERCENT_UPPER : Escape.PERCENT_LOWER;
        return EscapeTable.builder()
                .allBut(ALL_KEEP + kept, escape)
                .beyond(escape)
                .build();
    }

    @Override
    public void derive(Subject subject, Patterns into) {
        String bytes = subject.latin1();
        boolean core = subject.scope() == Scope.CORE;
        for (EscapeTable table : core ? CORE : TABLES) {
            into.addLatin1(table, bytes);
        }
        if (core) {
            return;
        }
        for (EscapeTable table : TWICE) {
            String twice = table.apply(table.apply(bytes));
            into.addLatin1(twice);
            into.addLatin1(table.apply(twice));
        }
        for (EscapeTable table : List.of(RFC3986, FORM, PATH, PHP)) {
            into.addLatin1(table.apply(PLUS.apply(bytes)));
            into.addLatin1(table.apply(QUOTE_PLUS.apply(bytes)));
            into.addLatin1(table.apply(PHP.apply(bytes)));
        }
        subject.text().ifPresent(text -> {
            for (EscapeTable json : List.of(JsonForms.MINIMAL, JsonForms.ASCII, JsonForms.PHP)) {
                String body = json.apply(text);
                if (!body.equals(text)) {
                    String utf8 = new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
                    IN_URL.forEach(table -> into.addLatin1(table.apply(utf8)));
                }
            }
            into.add(SCRIPT.apply(text));
            into.add(SCRIPT.apply(SCRIPT.apply(text)));
            into.add(SCRIPT_LOWER.apply(text));
            // A Latin-1 encoder writes a question mark for what it does not have.
            String latin1 = new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
            into.addIfSafe(RFC3986.apply(latin1));
            into.addIfSafe(PLUS.apply(latin1));
        });
    }
}
