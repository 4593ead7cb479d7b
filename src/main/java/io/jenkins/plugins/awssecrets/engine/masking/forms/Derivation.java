package io.jenkins.plugins.awssecrets.engine.masking.forms;

import io.jenkins.plugins.awssecrets.engine.masking.forms.family.Families;
import io.jenkins.plugins.awssecrets.engine.masking.forms.family.JsonForms;
import io.jenkins.plugins.awssecrets.engine.masking.forms.family.Lines;
import io.jenkins.plugins.awssecrets.engine.masking.forms.family.OtherBases;
import io.jenkins.plugins.awssecrets.engine.masking.forms.family.Patterns;
import io.jenkins.plugins.awssecrets.engine.masking.forms.family.PercentForms;
import io.jenkins.plugins.awssecrets.engine.masking.forms.family.Scope;
import io.jenkins.plugins.awssecrets.engine.masking.forms.family.Subject;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts the families together: the secret, its lines, and the leaves of its JSON, each with its own forms. */
public final class Derivation {
    /** Secrets over this many bytes are patterns only as they are, as a whole and in lines, and as JSON has them. */
    private static final int VERY_LARGE = 4 * 1024;

    /** Secrets below this many bytes have no forms: masking them would shred the log. */
    private static final int SHORTEST = 3;
    /** More parts than this (the lines of the longest usual RSA key, and some) get fewer forms each. */
    private static final int MANY = 80;

    private static final int VERY_MANY = 400;
    /** JSON in a leaf of JSON in a leaf of JSON. */
    private static final int DEEPEST = 3;

    private final Patterns patterns = Patterns.empty();
    private final Set<String> seen = new HashSet<>();

    private final Set<String> shown;

    private Derivation(Set<String> shown) {
        this.shown = shown;
    }

    /**
     * The distinct forms of the value; none for one below 3 bytes.
     *
     * @param shown the members of a document that are no secrets
     */
    public static Collection<byte[]> of(byte[] value, Set<String> shown) {
        if (value.length < SHORTEST) {
            return List.of();
        }
        Derivation derivation = new Derivation(shown);
        derivation.patterns.plain(value.clone());
        derivation.secret(Subject.of(value, Scope.WHOLE), DEEPEST);
        return derivation.patterns.all();
    }

    private void secret(Subject subject, int depth) {
        single(subject);
        if (subject.size() >= SHORTEST && subject.scope() == Scope.WHOLE) {
            Families.WRAPPED.derive(subject, patterns.ofSubject(subject.size()));
        }
        subject.text().ifPresent(text -> {
            Optional<JsonSecret> document = depth > 0 ? JsonSecret.parse(text) : Optional.empty();
            document.ifPresent(json -> json(json, subject, depth - 1));
            for (String armour : Lines.armour(text)) {
                patterns.add(armour);
                patterns.add(PercentForms.RFC3986, armour);
            }
            Set<String> inside = depth > 0 ? new LinkedHashSet<>(TextSecrets.of(text)) : Set.of();
            // Of JSON the leaves are known; what is left are those as they are escaped in it.
            document.map(json -> json.leaves(shown))
                    .ifPresent(leaves -> inside.removeIf(value -> value.indexOf('\\') < 0 && !leaves.contains(value)));
            inside.forEach(value -> secret(Subject.of(value, Scope.WHOLE), 0));
            if (document.isEmpty() && inside.isEmpty()) {
                Patterns ofValue = patterns.ofSubject(subject.size());
                Families.OF_VALUES.forEach(family -> family.derive(subject, ofValue));
            }
            boolean settings = !inside.isEmpty() && subject.size() > Subject.LARGE;
            List<String> lines = Lines.single(text).stream()
                    .filter(line ->
                            settings ? inside.stream().anyMatch(line::contains) : !PlainLines.isPlain(line, shown))
                    .toList();
            if (subject.size() > Subject.LARGE) {
                lines.forEach(this::line);
            } else {
                lines.forEach(line -> single(Subject.of(line, Scope.PART)));
            }
        });
    }

    /** A long text, or a line of one: as it is, and as JSON and URLs have it. */
    private void line(String line) {
        Patterns ofLine = patterns.ofSubject(line.length());
        ofLine.add(line);
        ofLine.add(JsonForms.MINIMAL, line);
        if (line.length() <= Subject.LARGE) {
            ofLine.add(JsonForms.SLASH, line);
            ofLine.add(JsonForms.GO, line);
            String bytes = new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            ofLine.add(PercentForms.RFC3986, bytes);
            ofLine.add(PercentForms.RFC3986_LOWER, bytes);
            ofLine.add(PercentForms.FORM, bytes);
        }
    }

    private void json(JsonSecret json, Subject subject, int depth) {
        Patterns whole = patterns.ofSubject(subject.size());
        // A large one is hidden leaf by leaf where it is printed in another way.
        Set<String> documents = subject.scope() == Scope.CORE ? Set.of() : json.documents();
        for (String document : documents) {
            whole.add(document);
            if (subject.scope() == Scope.WHOLE) {
                whole.add(JsonForms.MINIMAL, document);
                whole.add(JsonForms.GO, document);
            }
        }
        Set<String> leaves = json.leaves(shown);
        Scope scope = leaves.size() > VERY_MANY ? Scope.CORE : leaves.size() > MANY ? Scope.PART : Scope.WHOLE;
        leaves.forEach(leaf -> secret(Subject.of(leaf, scope), depth));
    }

    private void single(Subject subject) {
        boolean isNew = subject.text().map(seen::add).orElse(true);
        if (isNew && subject.size() > Subject.LARGE && subject.text().isPresent()) {
            List<String> whole = Lines.whole(subject.text().get());
            (subject.size() > VERY_LARGE ? whole.subList(0, 1) : whole).forEach(this::line);
            if (subject.size() <= VERY_LARGE && whole.size() > 1) {
                OtherBases.lines(subject.bytes(), patterns.ofSubject(subject.size()));
            }
        } else if (isNew && subject.size() >= SHORTEST) {
            Families.ALL.forEach(family -> family.derive(subject, patterns.ofSubject(subject.size())));
        }
    }
}
