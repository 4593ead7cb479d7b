package io.jenkins.plugins.awssecrets.cli.config;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.FieldSpec;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.credential.kind.MintingWay;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads {@code credentials}: a list of maps of one key, the kind. */
final class CredentialsReader {
    private static final List<String> KINDS =
            Kinds.all().stream().map(CredentialKind::symbol).toList();

    private final Map<String, SourceKind> sources;
    private final DefinitionParser parser;
    private final AllowReader allow;

    CredentialsReader(Map<String, SourceKind> sources, AllowReader allow) {
        this.allow = allow;
        this.sources = sources;
        this.parser = new DefinitionParser(sources);
    }

    List<CredentialDefinition> read(List<Section> items) {
        List<CredentialDefinition> credentials = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Section item : items) {
            CredentialKind kind = Kinds.ofSymbol(item.onlyKey(KINDS)).orElseThrow();
            Section section = item.sectionOf(kind.symbol());
            CredentialDefinition credential = credential(kind, section);
            if (!ids.add(credential.id())) {
                throw section.malformed(
                        "id", "an earlier credential has the same id", "use a different id for each credential");
            }
            credentials.add(credential);
        }
        return credentials;
    }

    private CredentialDefinition credential(CredentialKind kind, Section section) {
        String id = section.required("id");
        String description = section.text("description").orElse("");
        boolean allowEmpty = section.flag("allowEmpty", false);
        Map<String, String> fields = new LinkedHashMap<>();
        for (FieldSpec field : kind.fields()) {
            field(section, field.name(), field.secret(), fields);
        }
        if (kind.takesFrom()) {
            field(section, DefinitionParser.FROM, true, fields);
        }
        allow.credential(id, section);
        Optional<Boolean> usernameSecret = kind.field(CredentialDefinition.USERNAME)
                .flatMap(field -> section.text("usernameSecret"))
                .map(text -> section.flag("usernameSecret", true));
        Map<String, Map<String, String>> minted = new LinkedHashMap<>();
        for (MintingWay way : kind.mintings()) {
            section.section(way.name()).ifPresent(settings -> minted.put(way.name(), settings(way, settings)));
        }
        section.end();
        try {
            return parser.parse(id, kind, description, fields, minted, allowEmpty)
                    .withUsernameSecret(usernameSecret);
        } catch (SecretException e) {
            throw section.malformed("", e.reason(), e.fix());
        }
    }

    private static Map<String, String> settings(MintingWay way, Section section) {
        Map<String, String> settings = new LinkedHashMap<>();
        Stream.of(List.of(MintingWay.SOURCE), way.required(), way.optional())
                .flatMap(List::stream)
                .forEach(key -> section.pattern(key).ifPresent(text -> settings.put(key, text)));
        section.end();
        return settings;
    }

    /** A reference is parsed here already: here its place is known. */
    private void field(Section section, String name, boolean reference, Map<String, String> fields) {
        section.text(name).ifPresent(text -> {
            if (reference || sources.keySet().stream().anyMatch(s -> Reference.startsWithSource(text, s))) {
                try {
                    parser.reference(name, text);
                } catch (SecretException e) {
                    throw section.malformed(name, e.reason(), e.fix());
                }
                section.noteCommentBehind(name, text);
            }
            fields.put(name, text);
        });
    }
}
