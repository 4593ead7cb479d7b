package io.jenkins.plugins.awssecrets.cli.config;

import io.jenkins.plugins.awssecrets.engine.FileFailure;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads the configuration file. Its top holds {@code sources}, {@code credentials}, {@code discovery} and {@code
 * metadataCache}; or it is a Jenkins configuration as code, which holds them in {@code unclassified.awsSecrets}
 * and of which nothing else is read.
 */
public final class ConfigurationReader {
    private static final int LARGEST = 1 << 20;
    private static final String JCASC = "unclassified";
    private static final String JCASC_SECTION = "awsSecrets";

    private final Map<String, String> environment;
    private final Expansion expansion;
    private final DefaultSources defaults;

    /** @param environment for {@code ${NAME}} in the file and for the default sources */
    public ConfigurationReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        this.expansion = new Expansion(this.environment);
        this.defaults = new DefaultSources(this.environment);
    }

    /** The configuration without a file: the default sources, discovery in them, no credentials. */
    public Configuration withoutFile() {
        return new Configuration(defaults.all(), java.util.Set.of(), List.of(), true, ConfiguredRules.NONE, List.of());
    }

    /** Reads the file that was named or found; without one, as {@link #withoutFile}. */
    public Configuration read(ConfigurationFile file) {
        return file.path().map(path -> read(path, file.named())).orElseGet(this::withoutFile);
    }

    /**
     * Reads a file that the user named.
     *
     * @throws SecretException ({@link Problem#MALFORMED}) with file, line, column and field
     */
    public Configuration read(Path file) {
        return read(file, true);
    }

    private Configuration read(Path file, boolean named) {
        Trust trust = new Trust(named, environment, defaults);
        String name = file.toString();
        List<Note> notes = new ArrayList<>();
        Section top = new Section("", YamlReader.read(name, text(file)), expansion, notes);
        return top.keys().contains(JCASC)
                ? configuration(
                        top.section(JCASC)
                                .flatMap(u -> u.section(JCASC_SECTION))
                                .orElseThrow(() -> top.malformed(
                                        JCASC,
                                        "'" + JCASC_SECTION + "' is missing",
                                        "add it, with sources and credentials")),
                        trust,
                        notes)
                : configuration(top, trust, notes);
    }

    private Configuration configuration(Section top, Trust trust, List<Note> notes) {
        AllowReader allow = new AllowReader();
        Map<String, SourceSpec> configured = new SourcesReader(defaults, allow, trust).read(top.sections("sources"));
        Map<String, SourceSpec> sources =
                top.flag("defaultSources", true) ? new LinkedHashMap<>(defaults.all()) : new LinkedHashMap<>();
        sources.putAll(configured);
        Optional<Section> discovery = top.section("discovery");
        boolean discover = discovery.map(d -> d.flag("enabled", true)).orElse(true);
        discovery.ifPresent(Section::end);
        List<CredentialDefinition> credentials =
                new CredentialsReader(kinds(sources), allow).read(top.sections("credentials"));
        checkDuration(top, "metadataCache");
        top.sections("folders").forEach(ConfigurationReader::checkLoan);
        // Of builds' logs in Jenkins.
        top.flag("terseLog", false);
        top.end();
        return new Configuration(sources, configured.keySet(), credentials, discover, allow.rules(), notes);
    }

    private static Map<String, SourceKind> kinds(Map<String, SourceSpec> sources) {
        return sources.values().stream().collect(Collectors.toMap(SourceSpec::id, SourceSpec::kind));
    }

    /** What folders of Jenkins may borrow is the plugin's: here its form is checked and no more. */
    private static void checkLoan(Section loan) {
        List.of("folders", "sources", "roles", "addresses").forEach(loan::texts);
        loan.end();
    }

    /** The cache is the plugin's: here its duration is checked and no more. */
    private static void checkDuration(Section top, String key) {
        if (!top.text(key).orElse("5m").strip().matches("\\d{1,9}(ms|s|m|h|d)?|P\\S+")) {
            throw top.malformed(key, "not a valid duration", "write a number and a unit, such as 30s, 5m or 1h");
        }
    }

    private static String text(Path file) {
        Place start = new Place(file.toString(), 1, 1);
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "file not found", "set another file with --config");
        } catch (IOException e) {
            throw unreadable(file, "it " + FileFailure.reason(file, e), "use a file that exists and that you may read");
        }
        if (bytes.length > LARGEST) {
            throw start.malformed("", "it has more than 1 MiB", "use the right file");
        }
        return decoded(bytes, file.toString());
    }

    private static String decoded(byte[] bytes, String file) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        Optional<String> bad = result.isError()
                ? Optional.of("a byte that is not UTF-8")
                : control(text).map(at -> {
                    text.limit(at);
                    return "a control character";
                });
        if (bad.isPresent()) {
            String before = text.toString();
            int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
            throw new Place(file, line, before.length() - before.lastIndexOf('\n'))
                    .malformed(
                            "", bad.get(), "save the file as UTF-8 text; write the character as an escape in quotes");
        }
        String whole = text.toString();
        return whole.startsWith("\uFEFF") ? whole.substring(1) : whole;
    }

    /** The index of the first character that YAML does not take (YAML 1.2, section 5.1). */
    private static Optional<Integer> control(CharBuffer text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r' || c >= 0x7f && c < 0xa0 && c != 0x85) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static SecretException unreadable(Path file, String reason, String fix) {
        return new SecretException(Problem.MALFORMED, "configuration " + file, reason, fix);
    }
}
