package io.jenkins.plugins.awssecrets.config.forms;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks a field of a form while it is filled in, for those who may configure. Repeats nothing that was typed. */
public final class FieldCheck {
    private FieldCheck() {}

    /**
     * @param place the folder of the form; {@code null} for the form of Jenkins itself
     * @param check throws a {@link SecretException} for a text that is wrong; not asked about an empty one
     */
    public static FormValidation of(Item place, String text, Consumer<String> check) {
        FormPlace.authorized(place);
        if (text == null || text.isBlank()) {
            return FormValidation.ok();
        }
        try {
            check.accept(text.strip());
            return FormValidation.ok();
        } catch (SecretException e) {
            return FormValidation.error(Mistakes.below(e));
        }
    }

    /** The same of each line of a text. */
    public static FormValidation ofLines(Item place, String text, Consumer<String> check) {
        return of(place, text, all -> Lines.of(List.of(all)).forEach(check));
    }

    /** A field of a credential: a reference, or a text in a field that is no secret. */
    public static FormValidation ofCredential(Item place, CredentialKind kind, String field, String text) {
        FormPlace authorized = FormPlace.authorized(place);
        if (text == null || text.isBlank()) {
            return FormValidation.ok();
        }
        Map<String, SourceKind> kinds = authorized.view().kinds();
        Optional<SecretException> mistake =
                FieldText.mistake(kind, field, text.strip(), new DefinitionParser(kinds), kinds.keySet());
        if (mistake.isEmpty()) {
            return FormValidation.ok();
        }
        String told = Mistakes.below(mistake.get());
        return namesNewSource(text.strip(), kinds)
                ? FormValidation.warning(told + ", or add a source of that id above")
                : FormValidation.error(told);
    }

    /** The form may hold a source that is not saved yet. */
    private static boolean namesNewSource(String text, Map<String, SourceKind> kinds) {
        try {
            return !kinds.containsKey(Reference.parse(text).source());
        } catch (SecretException e) {
            return false;
        }
    }
}
