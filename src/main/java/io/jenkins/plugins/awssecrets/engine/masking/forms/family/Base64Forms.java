package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import io.jenkins.plugins.awssecrets.engine.masking.forms.spelling.Base64Core;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Base64 at its three alignments, standard and URL-safe: HTTP Basic, docker's {@code auth}, Kubernetes secrets, JWTs.
 * Also of the secret as it stands in JSON, URLs and UTF-16 (PowerShell's EncodedCommand), and of base64 itself
 * ({@code .dockerconfigjson}).
 */
final class Base64Forms implements FormFamily {
    /** A core of fewer characters would match by chance. */
    private static final int SHORTEST = 6;

    @Override
    public void derive(Subject subject, Patterns into) {
        byte[] padded = Base64Core.padded(subject.bytes());
        addIfLong(padded, into);
        addIfLong(Base64Core.urlSafe(padded), into);
        if (subject.text().isPresent()) {
            addIfLong(Base64Core.padded(Base64Core.line(subject.bytes())), into);
        }
        alignments(subject.bytes(), into);
        if (subject.scope() == Scope.CORE) {
            return;
        }
        subject.text().ifPresent(text -> {
            spellings(text).forEach(spelling -> alignments(spelling.getBytes(StandardCharsets.UTF_8), into));
            alignments(text.getBytes(StandardCharsets.UTF_16LE), into);
            alignments(text.getBytes(StandardCharsets.UTF_16BE), into);
        });
        twice(subject.bytes(), into);
        alignments(HexForms.joined(subject.bytes(), "", false).getBytes(StandardCharsets.US_ASCII), into);
    }

    /** How a text is likely to be spelled in what is then encoded. */
    private static Set<String> spellings(String text) {
        Set<String> spellings = new LinkedHashSet<>();
        Lines.whole(text).forEach(spellings::add);
        spellings.add(JsonForms.MINIMAL.apply(text));
        spellings.add(JsonForms.GO.apply(text));
        spellings.add(JsonForms.SLASH.apply(text));
        spellings.add(JsonForms.ASCII.apply(text));
        spellings.add(JsonForms.MINIMAL.apply(JsonForms.MINIMAL.apply(text)));
        spellings.add(JsonForms.ASCII.apply(JsonForms.ASCII.apply(text)));
        String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        spellings.add(PercentForms.RFC3986.apply(bytes));
        spellings.add(PercentForms.PATH.apply(bytes));
        spellings.add(PercentForms.COMPONENT.apply(bytes));
        spellings.add(PercentForms.FORM.apply(bytes));
        spellings.add(PercentForms.PLUS.apply(bytes));
        spellings.add(MarkupForms.TEXT.apply(text));
        spellings.add(MarkupForms.ATTRIBUTE.apply(text));
        // a file of settings, a script
        spellings.add(DataForms.PROPERTIES.apply(text));
        spellings.add(DataForms.APOSTROPHES.apply(text));
        spellings.add(DataForms.CSV.apply(text));
        spellings.add(ShellForms.DOUBLE.apply(text));
        spellings.add(ShellForms.CLOSED.apply(text));
        spellings.add(ShellForms.QUOTED.apply(text));
        spellings.add(text.replace("$", "$$"));
        spellings.add(LiteralForms.PYTHON_QUOTED.apply(text));
        spellings.remove(text);
        return spellings;
    }

    private static void alignments(byte[] data, Patterns into) {
        for (int before = 0; before < Base64Core.ALIGNMENTS; before++) {
            byte[] core = Base64Core.of(data, before);
            addIfLong(core, into);
            addIfLong(Base64Core.urlSafe(core), into);
            spelled(core, into);
        }
    }

    /** Base64 in a URL parameter, and in PHP's JSON. */
    private static void spelled(byte[] core, Patterns into) {
        if (core != Base64Core.urlSafe(core) && core.length >= SHORTEST) {
            String text = new String(core, StandardCharsets.ISO_8859_1);
            into.add(PercentForms.RFC3986.apply(text));
            into.add(PercentForms.RFC3986_LOWER.apply(text));
            into.add(JsonForms.SLASH.apply(text));
        }
    }

    private static void twice(byte[] data, Patterns into) {
        byte[] once = Base64Core.padded(data);
        addIfLong(Base64Core.padded(once), into);
        addIfLong(Base64Core.padded(Base64Core.line(once)), into);
        addIfLong(Base64Core.padded(Base64Core.padded(once)), into);
        for (int inner = 0; inner < Base64Core.ALIGNMENTS; inner++) {
            byte[] core = Base64Core.of(data, inner);
            byte[] urlSafe = Base64Core.urlSafe(core);
            for (int outer = 0; outer < Base64Core.ALIGNMENTS; outer++) {
                addIfLong(Base64Core.of(core, outer), into);
                if (urlSafe != core) {
                    addIfLong(Base64Core.of(urlSafe, outer), into);
                }
            }
        }
    }

    private static void addIfLong(byte[] form, Patterns into) {
        if (form.length >= SHORTEST) {
            into.add(form);
        }
    }
}
