package io.jenkins.plugins.awssecrets.cli.config;

import com.sun.security.auth.module.UnixSystem;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which file the configuration is read from: the one of {@code --config}, of {@code AWS_SECRETS_CONFIG}, or {@code
 * aws-secrets.yaml} in the working directory, which others may have put there.
 *
 * @param path empty where there is none
 * @param named whether the user named it
 * @param description what was read, or where it was looked for
 */
public record ConfigurationFile(Optional<Path> path, boolean named, String description) {
    /** Where the file is when nobody says so. */
    public static final String DEFAULT_NAME = "aws-secrets.yaml";

    public static final String VARIABLE = "AWS_SECRETS_CONFIG";

    /**
     * Finds it.
     *
     * @param option what {@code --config} says
     * @param directory the working directory
     * @throws SecretException where the file was found and not named, and somebody else may have written it
     */
    public static ConfigurationFile find(Optional<Path> option, Map<String, String> environment, Path directory) {
        if (option.isPresent()) {
            return new ConfigurationFile(option, true, "configuration " + option.get());
        }
        Optional<String> variable = variable(environment, VARIABLE);
        if (variable.isPresent()) {
            return new ConfigurationFile(
                    variable.map(Path::of), true, "configuration " + variable.get() + " (of " + VARIABLE + ")");
        }
        Path found = directory.resolve(DEFAULT_NAME);
        if (!Files.exists(found)) {
            return new ConfigurationFile(
                    Optional.empty(),
                    false,
                    "no configuration: neither --config nor " + VARIABLE + " names one, and "
                            + directory.toAbsolutePath() + " has no " + DEFAULT_NAME);
        }
        if (variable(environment, "CI").filter(ci -> !ci.equals("false")).isPresent()) {
            throw notRead(found, "CI is set, where a checkout brings the file");
        }
        Optional<String> stranger = stranger(found);
        if (stranger.isPresent()) {
            throw notRead(found, stranger.get());
        }
        return new ConfigurationFile(Optional.of(found), false, "configuration " + found);
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static SecretException notRead(Path file, String reason) {
        return new SecretException(
                Problem.REFUSED,
                "configuration " + file,
                "found and not read: " + reason,
                "name it where you trust it: --config " + DEFAULT_NAME + ", or " + VARIABLE + "=" + DEFAULT_NAME);
    }

    /** How somebody else could have written the file; empty where nobody could. */
    private static Optional<String> stranger(Path file) {
        try {
            Path real = file.toRealPath();
            Optional<String> directory = stranger(real.getParent(), "its directory");
            return directory.isPresent() ? directory : stranger(real, "it");
        } catch (IOException e) {
            return Optional.of("who may write it cannot be found out");
        } catch (UnsupportedOperationException e) {
            // No POSIX file system: nothing can be found out, and nothing else here works either.
            return Optional.empty();
        }
    }

    private static Optional<String> stranger(Path path, String what) throws IOException {
        Object uid = Files.getAttribute(path, "unix:uid");
        if (((Number) uid).longValue() != new UnixSystem().getUid()) {
            return Optional.of(what + " belongs to another user");
        }
        PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
        Set<PosixFilePermission> permissions = attributes.permissions();
        // A user's private group has the user's name and nobody else in it.
        boolean others = permissions.contains(PosixFilePermission.OTHERS_WRITE)
                || permissions.contains(PosixFilePermission.GROUP_WRITE)
                        && !attributes
                                .group()
                                .getName()
                                .equals(attributes.owner().getName());
        return others ? Optional.of("others may write " + (what.equals("it") ? "it" : "to " + what)) : Optional.empty();
    }
}
