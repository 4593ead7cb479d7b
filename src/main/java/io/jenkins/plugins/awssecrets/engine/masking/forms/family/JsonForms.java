package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Escape;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.EscapeTable;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * JSON strings (RFC 8259, section 7) as the usual encoders write them, and JSON in JSON, which is what {@code aws
 * secretsmanager get-secret-value} prints for a JSON secret.
 */
public final class JsonForms implements FormFamily {
    /** Python without ASCII escapes, Node, Jackson, Ruby, jq: what the RFC asks for and no more. */
    public static final EscapeTable MINIMAL = EscapeTable.builder()
            .prefix("\"\\", "\\")
            .named("btnfr")
            .controls(Escape.U_LOWER)
            .keep("\u007f")
            .build();

    /** Go's encoding/json, Terraform, kubectl, Rails: safe to put into HTML. */
    public static final EscapeTable GO = MINIMAL.and()
            .each("<>&", Escape.U_LOWER)
            .beyond((c, next) -> c == 0x2028 || c == 0x2029 ? Escape.U_LOWER.of(c, next) : Character.toString(c))
            .build();

    /** PHP's json_encode with JSON_UNESCAPED_UNICODE, and the JavaScript that goes into a script element. */
    public static final EscapeTable SLASH = MINIMAL.and().prefix("/", "\\").build();

    /** Python's json.dumps and jq -a. */
    public static final EscapeTable ASCII =
            MINIMAL.and().map('\u007f', "\\u007f").beyond(Escape.U_LOWER).build();

    /** PHP's json_encode. */
    static final EscapeTable PHP = SLASH.and().beyond(Escape.U_LOWER).build();

    private static final EscapeTable UPPER = EscapeTable.builder()
            .prefix("\"\\", "\\")
            .named("btnfr")
            .controls(Escape.U_UPPER)
            .keep("\u007f")
            .build();

    private static final List<EscapeTable> TABLES = List.of(
            MINIMAL,
            GO,
            SLASH,
            ASCII,
            // Jackson's control characters, and all of its JsonWriteFeature.ESCAPE_NON_ASCII
            UPPER,
            UPPER.and().beyond(Escape.U_UPPER).build(),
            PHP,
            SLASH.and().each("<>&'\"", Escape.U_UPPER).beyond(Escape.U_LOWER).build(),
            // Gson
            GO.and().each("='", Escape.U_LOWER).build(),
            // PowerShell 5 ConvertTo-Json; Jinja and Django templates, which are ASCII
            GO.and().each("'", Escape.U_LOWER).build(),
            ASCII.and().each("<>&'", Escape.U_LOWER).build(),
            SLASH.and().each("<>&", Escape.U_UPPER).beyond(Escape.U_LOWER).build(),
            SLASH.and().each("'\"", Escape.U_UPPER).beyond(Escape.U_LOWER).build(),
            // the npm package serialize-javascript; what keeps a script element open
            MINIMAL.and().each("<>/", Escape.U_UPPER).build(),
            SLASH.and().each("<", Escape.U_LOWER).build(),
            // native2ascii and others that care for ASCII only
            EscapeTable.builder().beyond(Escape.U_LOWER).build(),
            EscapeTable.builder().beyond(Escape.U_UPPER).build(),
            EscapeTable.builder()
                    .beyond((c, next) -> "\\u{" + Integer.toHexString(c) + '}')
                    .build(),
            EscapeTable.builder()
                    .beyond((c, next) -> "\\x{" + Integer.toHexString(c) + '}')
                    .build(),
            // Newtonsoft's EscapeHtml
            MINIMAL.and().each("<>&'\"", Escape.U_LOWER).build(),
            // Go before 1.22 had no short form of these two
            GO.and().each("\b\f", Escape.U_LOWER).build(),
            // Go's template.JSEscaper
            EscapeTable.builder()
                    .prefix("'\"\\", "\\")
                    .each("<>&=", Escape.U_UPPER)
                    .controls(Escape.U_UPPER)
                    .keep("\u007f")
                    .build(),
            // .NET System.Text.Json
            UPPER.and()
                    .each("\"&'+<>`", Escape.U_UPPER)
                    .map('\u007f', "\\u007F")
                    .beyond(Escape.U_UPPER)
                    .build());

    private static final List<UnaryOperator<String>> NESTED = List.of(
            text -> MINIMAL.apply(MINIMAL.apply(text)),
            text -> GO.apply(GO.apply(text)),
            text -> MINIMAL.apply(GO.apply(text)),
            text -> GO.apply(MINIMAL.apply(text)),
            text -> SLASH.apply(SLASH.apply(text)),
            text -> PHP.apply(PHP.apply(text)),
            text -> PHP.apply(MINIMAL.apply(text)),
            text -> PHP.apply(PHP.apply(MINIMAL.apply(text))),
            text -> ASCII.apply(ASCII.apply(text)),
            text -> MINIMAL.apply(ASCII.apply(text)),
            text -> MINIMAL.apply(UPPER.apply(text)),
            text -> MINIMAL.apply(MINIMAL.apply(MINIMAL.apply(text))));

    @Override
    public void derive(Subject subject, Patterns into) {
        subject.text().ifPresent(text -> {
            boolean core = subject.scope() == Scope.CORE;
            (core ? List.of(MINIMAL, GO, SLASH, ASCII) : TABLES).forEach(table -> into.add(table, text));
            (core ? NESTED.subList(0, 1) : NESTED).forEach(nested -> into.add(nested.apply(text)));
        });
    }
}
