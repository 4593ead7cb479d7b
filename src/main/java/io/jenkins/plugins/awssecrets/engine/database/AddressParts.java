package io.jenkins.plugins.awssecrets.engine.database;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.reference.PercentEncoding;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes apart what the fields of a database credential hold: a host with a port, an endpoint, a URL. */
public final class AddressParts {
    private static final int LARGEST_PORT = 65_535;

    /** A scheme, who logs in, host and port, the database's name, and options that are left to the driver. */
    private static final Pattern URL = Pattern.compile("(?i)(?:jdbc:)?([a-z][a-z0-9+.-]*)(?::thin:@(?:tcps?:)?|:)//"
            + "(?:([^/@]*)@)?(\\[[^\\]]+\\](?::\\d+)?|[^/;?]*)(?:/([^?;]*))?(?:[?;].*)?");

    private static final Pattern BRACKETED = Pattern.compile("\\[([^\\]]+)\\](?::(\\d+))?");
    private static final Pattern WITH_PORT = Pattern.compile("([^:,]+)[:,](\\d+)");
    private static final Set<String> YES = Set.of(
            "true",
            "1",
            "yes",
            "on",
            "require",
            "required",
            "verify-ca",
            "verify-full",
            "verify_ca",
            "verify_identity");

    private AddressParts() {}

    /**
     * @param engine as the secret has it, in whatever case; empty for none
     * @throws SecretException whose subject is the field, for what is no host or port, or where two fields disagree
     */
    public static DatabaseAddress of(
            Optional<String> engine,
            Optional<String> host,
            Optional<String> port,
            Optional<String> database,
            Optional<String> ssl) {
        Optional<String> numbered =
                port.map(String::strip).filter(p -> !p.isEmpty()).map(AddressParts::port);
        boolean encrypted = ssl.filter(s -> YES.contains(s.strip().toLowerCase(Locale.ROOT)))
                .isPresent();
        Optional<Engine> known = engine.flatMap(Engine::of);
        String given = host.map(String::strip).orElse("");
        Matcher url = URL.matcher(given);
        if (url.matches()) {
            if (url.group(2) != null) {
                throw malformed("host", "it has a username or a password in it", "keep the host alone there");
            }
            Optional<String> named = Optional.ofNullable(url.group(4))
                    .filter(name -> !name.isEmpty())
                    .map(PercentEncoding::decodedOrSame);
            return of(
                    known.or(() -> Engine.of(url.group(1))),
                    url.group(3),
                    numbered,
                    database.or(() -> named),
                    encrypted);
        }
        return of(known, given.replaceFirst("/+$", ""), numbered, database, encrypted);
    }

    private static DatabaseAddress of(
            Optional<Engine> engine, String host, Optional<String> port, Optional<String> database, boolean ssl) {
        Optional<String> named = database.filter(d -> !d.isBlank());
        Matcher bracketed = BRACKETED.matcher(host);
        if (bracketed.matches()) {
            return new DatabaseAddress(
                    engine, bracketed.group(1), agreed(port, Optional.ofNullable(bracketed.group(2))), named, ssl);
        }
        Matcher withPort = WITH_PORT.matcher(host);
        if (withPort.matches()) {
            return new DatabaseAddress(
                    engine, withPort.group(1), agreed(port, Optional.of(withPort.group(2))), named, ssl);
        }
        if (host.chars().anyMatch(c -> Character.isWhitespace(c) || "@/?#;".indexOf(c) >= 0)) {
            throw malformed("host", "it is not a host name or an address", "give it as db.example or 10.0.0.5");
        }
        return new DatabaseAddress(engine, host, port, named, ssl);
    }

    private static Optional<String> agreed(Optional<String> port, Optional<String> ofHost) {
        Optional<String> number = ofHost.map(AddressParts::port);
        if (port.isPresent() && number.isPresent() && !port.equals(number)) {
            throw malformed(
                    "port",
                    "it is " + port.get() + ", and the host has the port " + number.get(),
                    "keep the right one of the two");
        }
        return port.or(() -> number);
    }

    /** JSON has numbers as {@code 5432.0} too. */
    private static String port(String text) {
        try {
            int number = new BigDecimal(text).intValueExact();
            if (number > 0 && number <= LARGEST_PORT) {
                return Integer.toString(number);
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // Told below, without the text: it may be another field's.
        }
        throw malformed("port", "it is not a port", "give a number from 1 to " + LARGEST_PORT);
    }

    private static SecretException malformed(String field, String reason, String fix) {
        return new SecretException(Problem.UNSUITABLE, field, reason, fix);
    }
}
