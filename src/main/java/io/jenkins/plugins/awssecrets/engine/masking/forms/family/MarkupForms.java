package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Escape;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.EscapeTable;
import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.NamedEntities;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** XML and HTML: texts and attribute values, with the references that the usual escapers write for quotes. */
final class MarkupForms implements FormFamily {
    /** Python's saxutils, libxml2 and Java in element content. */
    static final EscapeTable TEXT = EscapeTable.builder()
            .map('&', "&amp;")
            .map('<', "&lt;")
            .map('>', "&gt;")
            .build();

    /** Attribute values in double quotes. */
    static final EscapeTable ATTRIBUTE = TEXT.and().map('"', "&quot;").build();

    private static final String LINE_CONTROLS = "\t\n\r";

    /** Java's serializer writes every control character as a reference, XML 1.0 or not. */
    private static final EscapeTable CONTROLS = TEXT.and()
            .controls(Escape.REFERENCE)
            .keep(LINE_CONTROLS.substring(0, 2))
            .build();

    /** The usual ways with quotes: none, the double quote, and both, the single one in four spellings. */
    static final List<EscapeTable> QUOTES = Stream.concat(
                    Stream.of(TEXT, ATTRIBUTE),
                    Stream.of("&#x27;", "&#39;", "&#039;", "&apos;")
                            .map(apostrophe ->
                                    ATTRIBUTE.and().map('\'', apostrophe).build()))
            .toList();

    private static final List<EscapeTable> TABLES = tables();

    private static List<EscapeTable> tables() {
        EscapeTable apos = ATTRIBUTE.and().map('\'', "&apos;").build();
        EscapeTable decimal = ATTRIBUTE.and().map('\'', "&#39;").build();
        EscapeTable php = ATTRIBUTE.and().map('\'', "&#039;").build();
        List<EscapeTable> tables = new ArrayList<>(List.of(
                TEXT,
                ATTRIBUTE,
                TEXT.and().keep(">").build(),
                ATTRIBUTE.and().keep(">").build(),
                // HTML 5's serializer
                ATTRIBUTE.and().keep("<>").build(),
                EscapeTable.builder().each("&<>\"'", Escape.REFERENCE).build(),
                EscapeTable.builder().each("&<>\"'", Escape.REFERENCE_LOWER).build(),
                html5Names(),
                TEXT.and().map('\'', "&apos;").build(),
                // commons-text, jq; Ruby, Spring, Mustache; PHP, Jenkins
                apos,
                decimal,
                php,
                // Python
                ATTRIBUTE.and().map('\'', "&#x27;").build(),
                // Go, MarkupSafe (Jinja)
                decimal.and().map('"', "&#34;").build(),
                decimal.and().map('"', "&#34;").map('+', "&#43;").build(),
                // OWASP; Mustache.js; Handlebars; .NET's WebUtility
                ATTRIBUTE.and().map('\'', "&#x27;").map('/', "&#x2F;").build(),
                decimal.and()
                        .map('/', "&#x2F;")
                        .map('`', "&#x60;")
                        .map('=', "&#x3D;")
                        .build(),
                ATTRIBUTE
                        .and()
                        .map('\'', "&#x27;")
                        .map('`', "&#x60;")
                        .map('=', "&#x3D;")
                        .build(),
                decimal.and()
                        .beyond((c, next) ->
                                c < 256 || c > 0xffff ? Escape.REFERENCE.of(c, next) : Character.toString(c))
                        .build(),
                // lxml and browsers write the no-break space of Latin-1 by name or number; PHP htmlentities;
                // commons-text
                ATTRIBUTE.and().beyond(NamedEntities::reference).build(),
                apos.and().beyond(NamedEntities::reference).build(),
                php.and().beyond(NamedEntities::reference).build(),
                decimal.and().beyond(NamedEntities::reference).build(),
                EscapeTable.builder().beyond(Escape.REFERENCE).build(),
                // Python's ElementTree
                ATTRIBUTE
                        .and()
                        .each("\n\r", Escape.REFERENCE)
                        .map('\t', "&#09;")
                        .build(),
                // Go's encoding/xml
                decimal.and()
                        .map('"', "&#34;")
                        .each(LINE_CONTROLS, Escape.REFERENCE_UPPER)
                        .build(),
                // the npm package he: encode and escape
                EscapeTable.builder()
                        .each("\"&'<>`", Escape.REFERENCE_UPPER)
                        .controls(Escape.REFERENCE_UPPER)
                        .keep("\n\r")
                        .beyond(Escape.REFERENCE_UPPER)
                        .build(),
                ATTRIBUTE.and().map('\'', "&#x27;").map('`', "&#x60;").build(),
                CONTROLS,
                CONTROLS.and().beyond(Escape.REFERENCE).build(),
                ATTRIBUTE.and().controls(Escape.REFERENCE).keep("\u007f").build()));
        for (EscapeTable quotes : List.of(TEXT, ATTRIBUTE, decimal)) {
            tables.add(quotes.and().beyond(Escape.REFERENCE).build());
            tables.add(quotes.and().beyond(Escape.REFERENCE_LOWER).build());
            tables.add(quotes.and().beyond(Escape.REFERENCE_UPPER).build());
            // Xalan writes the two halves of a surrogate pair one by one
            tables.add(quotes.and().beyond(halves(Escape.REFERENCE)).build());
            tables.add(quotes.and().beyond(halves(Escape.REFERENCE_LOWER)).build());
            // Java's Properties.storeToXML
            tables.add(quotes.and()
                    .beyond((c, next) ->
                            c > 0xffff ? halves(Escape.REFERENCE_LOWER).of(c, next) : Character.toString(c))
                    .build());
        }
        for (EscapeTable quotes :
                List.of(TEXT, ATTRIBUTE, apos, ATTRIBUTE.and().keep(">").build())) {
            tables.add(quotes.and().each(LINE_CONTROLS, Escape.REFERENCE).build());
            tables.add(quotes.and().each(LINE_CONTROLS, Escape.REFERENCE_UPPER).build());
            tables.add(quotes.and().each("\r", Escape.REFERENCE).build());
        }
        return List.copyOf(tables);
    }

    /** PHP's htmlentities with ENT_HTML5. */
    private static EscapeTable html5Names() {
        EscapeTable.Builder table = EscapeTable.builder().beyond(NamedEntities::reference);
        String characters = "\t\n!\"#$%&'()*+,./:;<=>?@[\\]^_`{|}";
        String[] names = ("Tab NewLine excl quot num dollar percnt amp apos lpar rpar ast plus comma period sol colon"
                        + " semi lt equals gt quest commat lbrack bsol rsqb Hat lowbar grave lbrace vert rcub")
                .split(" ");
        for (int i = 0; i < names.length; i++) {
            table.map(characters.charAt(i), '&' + names[i] + ';');
        }
        return table.build();
    }

    private static Escape halves(Escape escape) {
        return (c, next) -> {
            StringBuilder out = new StringBuilder();
            for (char unit : Character.toChars(c)) {
                out.append(escape.of(unit, next));
            }
            return out.toString();
        };
    }

    @Override
    public void derive(Subject subject, Patterns into) {
        subject.text().ifPresent(text -> {
            if (subject.scope() == Scope.CORE) {
                into.add(TEXT, text);
                into.add(ATTRIBUTE, text);
                return;
            }
            TABLES.forEach(table -> into.add(table, text));
        });
    }
}
