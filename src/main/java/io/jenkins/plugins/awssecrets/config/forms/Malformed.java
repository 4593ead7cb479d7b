package io.jenkins.plugins.awssecrets.config.forms;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is wrong with a setting. The subject of these exceptions is the setting's key, so that whoever holds the object
 * can say where it stands; no text that was typed is repeated.
 */
public final class Malformed {
    private Malformed() {}

    public static SecretException at(String key, String reason, String fix) {
        return new SecretException(Problem.MALFORMED, key, reason, fix);
    }

    /** The same mistake, told from further out: {@code auth} and {@code appRole.roleId} make {@code auth.appRole.roleId}. */
    public static SecretException within(String outer, SecretException inner) {
        String key = inner.subject().isEmpty() || inner.subject().startsWith("[")
                ? outer + inner.subject()
                : outer + "." + inner.subject();
        return new SecretException(inner.problem(), key, inner.reason(), inner.fix());
    }

    public static String required(String key, String text) {
        if (text == null) {
            throw at(key, "it is missing", "add it");
        }
        return text;
    }

    public static void region(String text) {
        if (!AwsSettings.isRegionName(text)) {
            throw at("region", "not a valid region", "use a form such as eu-west-1");
        }
    }

    /** An address with scheme {@code http} or {@code https} and a host, without user, query and fragment. */
    public static URI address(String key, String text) {
        try {
            URI uri = new URI(text);
            boolean http = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (uri.getRawUserInfo() != null) {
                throw at(key, "the address contains a user", "remove the part before the @");
            }
            if (http && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Its message repeats the text; told below.
        }
        throw at(key, "not a valid URL", "write https://host or https://host:port");
    }

    public static Optional<URI> optionalAddress(String key, String text) {
        return Optional.ofNullable(text).map(given -> address(key, given));
    }

    public static Path file(String key, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw at(key, "not an absolute path", "use an absolute path, such as /run/secrets/token");
        }
    }

    /** @throws SecretException when it is not between these bounds */
    public static Optional<Duration> seconds(String key, Integer seconds, int least, int most) {
        if (seconds != null && (seconds < least || seconds > most)) {
            throw at(key, "not an allowed duration", "give " + least + " to " + most + " seconds");
        }
        return Optional.ofNullable(seconds).map(Duration::ofSeconds);
    }
}
