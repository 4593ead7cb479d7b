package io.jenkins.plugins.awssecrets.engine.binding;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration that AWS' tools would read without a binding's, on the machine that runs them: its other profiles,
 * and the settings of its default profile that are not credentials, go on to count.
 *
 * @param configured the value of {@code AWS_CONFIG_FILE}; empty for none
 * @param home the user's home directory; empty for that of this process
 * @param base what a relative path is relative to
 */
public record AwsHome(String configured, String home, String base) implements Serializable {
    private static final String DEFAULT = "[default]";

    /** Configurations have some kilobytes. */
    private static final int LARGEST = 1 << 20;

    /** What a profile authenticates with: two such ways in one profile, and tools choose. */
    private static final Set<String> CREDENTIALS = Set.of(
            "aws_access_key_id",
            "aws_secret_access_key",
            "aws_session_token",
            "role_arn",
            "source_profile",
            "credential_source",
            "credential_process",
            "external_id",
            "role_session_name",
            "duration_seconds",
            "mfa_serial",
            "web_identity_token_file",
            "login_session",
            "sso_session",
            "sso_account_id",
            "sso_role_name",
            "sso_region",
            "sso_start_url");

    /** The file's content with the profiles among it. */
    public SecretValue with(SecretValue profiles, Path directory) throws IOException {
        Map<String, List<String>> sections = sections(existing());
        List<String> settings = new ArrayList<>(sections.getOrDefault(DEFAULT, List.of()));
        settings.removeIf(String::isBlank);
        for (AwsProfiles.Profile profile : AwsProfiles.parse(profiles)) {
            List<String> lines = withoutCredentials(settings, profile.region().isPresent());
            profile.region().ifPresent(region -> lines.add("region = " + region));
            lines.add("credential_process = " + print(directory.resolve(profile.file())));
            sections.put("[profile " + profile.name() + "]", lines);
            if (profile.isDefault()) {
                sections.put(DEFAULT, lines);
            }
        }
        StringBuilder text = new StringBuilder();
        sections.forEach((header, lines) -> {
            text.append(header).append(header.isEmpty() ? "" : "\n");
            lines.forEach(line -> text.append(line).append('\n'));
        });
        return SecretValue.of(text.toString());
    }

    /** A command that shells and those who split it themselves read alike. */
    static String print(Path file) {
        return file.getFileSystem().getSeparator().equals("\\")
                ? "cmd /d /c type \"" + file + "\""
                : "cat '" + file.toString().replace("'", "'\\''") + "'";
    }

    private String existing() throws IOException {
        Optional<Path> file = file().filter(path -> Files.isRegularFile(path) && Files.isReadable(path));
        if (file.isEmpty()) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file.get())) {
            return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
        }
    }

    /** By the header's line; what is before the first has none. */
    private static Map<String, List<String>> sections(String text) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> current = sections.computeIfAbsent("", header -> new ArrayList<>());
        for (String line : text.lines().toList()) {
            if (line.startsWith("[")) {
                String name = line.strip().replaceAll("\\s+", " ");
                current = sections.computeIfAbsent(
                        name.equals("[profile default]") ? DEFAULT : name, header -> new ArrayList<>());
            } else {
                current.add(line);
            }
        }
        return sections;
    }

    private static List<String> withoutCredentials(List<String> settings, boolean regionToo) {
        List<String> kept = new ArrayList<>();
        boolean keep = true;
        for (String line : settings) {
            // An indented line belongs to the setting above it.
            if (!Character.isWhitespace(line.charAt(0))) {
                String name = line.split("=", 2)[0].strip().toLowerCase(Locale.ROOT);
                keep = !CREDENTIALS.contains(name) && !(regionToo && name.equals("region"));
            }
            if (keep) {
                kept.add(line);
            }
        }
        return kept;
    }

    /** Empty where the tools would not find one by these names either. */
    private Optional<Path> file() {
        try {
            Path ofUser = Path.of(home.isEmpty() ? System.getProperty("user.home") : home, ".aws", "config");
            return Optional.of(Path.of(base).resolve(configured.isEmpty() ? ofUser : Path.of(configured)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
