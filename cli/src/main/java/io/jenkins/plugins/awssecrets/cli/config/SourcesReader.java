package io.jenkins.plugins.awssecrets.cli.config;

import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code sources}: a list of maps of one key, the kind. */
final class SourcesReader {
    /** A source id is a URI scheme (RFC 3986 section 3.1), as references begin with it. */
    private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");

    private static final List<String> KINDS =
            Arrays.stream(SourceKind.values()).map(SourceKind::symbol).toList();

    private final DefaultSources defaults;
    private final AllowReader allow;
    private final Trust trust;

    SourcesReader(DefaultSources defaults, AllowReader allow, Trust trust) {
        this.defaults = defaults;
        this.allow = allow;
        this.trust = trust;
    }

    Map<String, SourceSpec> read(List<Section> items) {
        Map<String, SourceSpec> sources = new LinkedHashMap<>();
        for (Section item : items) {
            SourceKind kind = SourceKind.ofSymbol(item.onlyKey(KINDS)).orElseThrow();
            Section settings = item.sectionOf(kind.symbol());
            SourceSpec source = source(kind, settings);
            allow.source(source.id(), kind, settings);
            settings.end();
            if (sources.put(source.id(), source) != null) {
                throw settings.malformed(
                        "id", "an earlier source has the same id", "use a different id for each source");
            }
        }
        return sources;
    }

    private SourceSpec source(SourceKind kind, Section settings) {
        String id = settings.text("id").orElse(kind.defaultId());
        if (!ID.matcher(id).matches()) {
            throw settings.malformed(
                    "id", "not a valid source id", "start with a letter, then use letters, digits, '+', '-' and '.'");
        }
        return kind == SourceKind.VAULT ? vault(id, settings) : aws(id, kind, settings);
    }

    private SourceSpec vault(String id, Section section) {
        VaultReader reader = new VaultReader(section, defaults);
        VaultSettings settings = reader.settings();
        return new SourceSpec.Vault(
                id,
                settings,
                filter(SourceKind.VAULT, section),
                reader.lacking(id).or(() -> trust.vault(id, section, settings, reader.hasOwnLogin())),
                reader.builds());
    }

    private SourceSpec aws(String id, SourceKind kind, Section section) {
        AwsReader reader = new AwsReader(section);
        AwsSettings settings = reader.settings().withRoutes(defaults.routes());
        SourceSpec source = new SourceSpec.Aws(id, kind, settings, filter(kind, section), reader.builds());
        return trust.aws(id, section, settings)
                .<SourceSpec>map(why -> new SourceSpec.Unset(id, kind, why))
                .orElse(source);
    }

    private static SourceFilter filter(SourceKind kind, Section settings) {
        Optional<Section> filter = settings.section("filter");
        if (filter.isEmpty()) {
            return SourceFilter.none(kind);
        }
        Section section = filter.get();
        List<String> prefixes = kind == SourceKind.SECRETS_MANAGER
                ? section.text("namePrefix").map(SourceFilter::prefixesIn).orElse(List.of())
                : section.text("pathPrefix").stream().toList();
        Map<String, String> tags = new LinkedHashMap<>();
        for (Section tag : section.sections("tags")) {
            tags.put(tag.required("key"), tag.text("value").orElse(""));
            tag.end();
        }
        List<String> strip =
                section.text("stripPrefix").map(SourceFilter::prefixesIn).orElse(List.of());
        boolean hideDescription = section.flag("hideDescription", false);
        boolean replaceSlashes = section.flag("replaceSlashes", kind.namesArePaths());
        section.end();
        return new SourceFilter(prefixes, tags, strip, hideDescription, replaceSlashes);
    }
}
