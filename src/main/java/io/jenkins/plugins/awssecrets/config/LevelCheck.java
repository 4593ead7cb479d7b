package io.jenkins.plugins.awssecrets.config;

import io.jenkins.plugins.awssecrets.config.credentials.CredentialConfiguration;
import io.jenkins.plugins.awssecrets.config.forms.FieldText;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.config.sources.FolderLoan;
import io.jenkins.plugins.awssecrets.config.sources.SourceConfiguration;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks what a place declares, before it is taken. The subject of the exceptions is the path of the setting, as in
 * {@code credentials[1].dockerRegistry.password}.
 */
final class LevelCheck {
    private final Map<String, SourceKind> above;

    /** @param above the kinds of the sources that are there without those of the place itself */
    LevelCheck(Map<String, SourceKind> above) {
        this.above = Map.copyOf(above);
    }

    /** @throws SecretException for the first mistake */
    void check(List<SourceConfiguration> sources, List<CredentialConfiguration> credentials) {
        Map<String, SourceKind> kinds = new LinkedHashMap<>(above);
        kinds.putAll(checkSources(sources));
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < credentials.size(); i++) {
            CredentialConfiguration credential = credentials.get(i);
            String path = "credentials[" + i + "]." + credential.kind().symbol();
            checkFields(path, credential, new DefinitionParser(kinds), kinds.keySet());
            checkRules(path, credential);
            if (!ids.add(credential.getId())) {
                throw Malformed.at(
                        path + ".id",
                        "an earlier credential has the same id",
                        "use a different id for each credential");
            }
        }
    }

    /**
     * Checks the form of references where it is not known which sources there are.
     *
     * @throws SecretException for the first mistake
     */
    static void checkReferences(List<CredentialConfiguration> credentials) {
        for (int i = 0; i < credentials.size(); i++) {
            CredentialKind kind = credentials.get(i).kind();
            String path = "credentials[" + i + "]." + kind.symbol();
            checkRules(path, credentials.get(i));
            credentials.get(i).fields().forEach((name, text) -> {
                if (FieldText.takesReferenceOnly(kind, name)) {
                    try {
                        Reference.parse(text);
                    } catch (SecretException e) {
                        throw Malformed.at(path + "." + name, e.reason(), e.fix());
                    }
                }
            });
        }
    }

    /** @throws SecretException for the first mistake in what is lent to folders */
    static void checkLoans(List<FolderLoan> folders) {
        for (int i = 0; i < folders.size(); i++) {
            try {
                folders.get(i).check();
            } catch (SecretException e) {
                throw Malformed.within("folders[" + i + "]", e);
            }
        }
    }

    /** @return the kinds of these sources by id */
    static Map<String, SourceKind> checkSources(List<SourceConfiguration> sources) {
        Map<String, SourceKind> kinds = new LinkedHashMap<>();
        for (int i = 0; i < sources.size(); i++) {
            SourceConfiguration source = sources.get(i);
            String path = "sources[" + i + "]." + source.kind().symbol();
            try {
                source.check();
            } catch (SecretException e) {
                throw Malformed.within(path, e);
            }
            if (kinds.put(source.getId(), source.kind()) != null) {
                throw Malformed.at(
                        path + ".id", "an earlier source has the same id", "use a different id for each source");
            }
        }
        return kinds;
    }

    private static void checkRules(String path, CredentialConfiguration credential) {
        try {
            credential.rules();
        } catch (SecretException e) {
            throw Malformed.within(path, e);
        }
    }

    private static void checkFields(
            String path, CredentialConfiguration credential, DefinitionParser parser, Set<String> sources) {
        CredentialKind kind = credential.kind();
        Map<String, String> fields = credential.fields();
        fields.forEach((name, text) -> FieldText.mistake(kind, name, text, parser, sources)
                .ifPresent(mistake -> {
                    throw Malformed.at(path + "." + name, mistake.reason(), mistake.fix());
                }));
        try {
            parser.parse(credential.getId(), kind, "", fields, credential.minted(), credential.isAllowEmpty());
        } catch (SecretException e) {
            String key = e.subject().equals(kind.symbol()) ? path + ".id" : path;
            throw Malformed.at(key, e.reason(), e.fix());
        }
    }
}
