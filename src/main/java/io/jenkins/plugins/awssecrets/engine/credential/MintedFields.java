package io.jenkins.plugins.awssecrets.engine.credential;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.credential.kind.FieldSpec;
import io.jenkins.plugins.awssecrets.engine.credential.kind.MintingWay;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks the settings of fields that are made when they are needed, and makes their values' places out of them. */
final class MintedFields {
    private final Map<String, SourceKind> sources;
    private final String subject;
    private final CredentialKind kind;

    MintedFields(Map<String, SourceKind> sources, String subject, CredentialKind kind) {
        this.sources = sources;
        this.subject = subject;
        this.kind = kind;
    }

    /** @throws SecretException ({@link Problem#MALFORMED}) */
    Map<String, FieldValue> of(Map<String, Map<String, String>> minted, Map<String, String> fields) {
        if (minted.size() > 1) {
            throw malformed("", "both " + String.join(" and ", minted.keySet()), "keep one of them");
        }
        Map.Entry<String, Map<String, String>> only =
                minted.entrySet().iterator().next();
        String name = only.getKey();
        MintingWay way = kind.mintings().stream()
                .filter(w -> w.name().equals(name))
                .findFirst()
                .orElseThrow(() -> malformed("", "no field '" + name + "'", "leave it out"));
        Map<String, String> settings = new LinkedHashMap<>(only.getValue());
        settings.values().removeIf(text -> text == null || text.isBlank());
        check(way, settings, fields);
        String source = settings.remove(MintingWay.SOURCE);
        try {
            Reference made = Reference.to(source, kind.minting(way, settings, fields));
            Map<String, FieldValue> values = new LinkedHashMap<>();
            for (FieldSpec field : kind.fields()) {
                if (way.gives().contains(field.name())) {
                    values.put(field.name(), new FieldValue.Member(made, field));
                }
            }
            return values;
        } catch (SecretException e) {
            throw malformed(", " + name, e.subject() + ": " + e.reason(), e.fix());
        }
    }

    private void check(MintingWay way, Map<String, String> settings, Map<String, String> fields) {
        String place = ", " + way.name();
        List<String> known = Stream.of(List.of(MintingWay.SOURCE), way.required(), way.optional())
                .flatMap(List::stream)
                .toList();
        settings.keySet().stream()
                .filter(key -> !known.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw malformed(place, "no setting '" + key + "'", "expected one of " + String.join(", ", known));
                });
        Stream.concat(Stream.of(MintingWay.SOURCE), way.required().stream())
                .filter(key -> !settings.containsKey(key))
                .findFirst()
                .ifPresent(key -> {
                    throw malformed(place, "the setting " + key + " is missing", "add it");
                });
        SourceKind source = sources.get(settings.get(MintingWay.SOURCE));
        if (source == null || !way.takes(source)) {
            throw malformed(
                    place,
                    source == null ? "no source of that id" : "a source of another kind",
                    "expected one of "
                            + sources.entrySet().stream()
                                    .filter(entry -> way.takes(entry.getValue()))
                                    .map(Map.Entry::getKey)
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
        way.gives().stream()
                .filter(field -> fields.containsKey(field) && !fields.get(field).isBlank())
                .sorted()
                .findFirst()
                .ifPresent(field -> {
                    throw malformed(
                            "", "both " + field + " and " + way.name() + ", which makes it", "keep one of them");
                });
        if (fields.containsKey(DefinitionParser.FROM)) {
            throw malformed("", "both from and " + way.name(), "keep one of them");
        }
    }

    private SecretException malformed(String place, String reason, String fix) {
        return new SecretException(Problem.MALFORMED, subject + place, reason, fix);
    }
}
