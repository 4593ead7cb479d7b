package io.jenkins.plugins.awssecrets.engine.source.vault;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.Backoff;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TextOrFile;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.Background;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Builds sources and reads from them in few words; pauses between attempts are noted and not waited for. */
public final class VaultUnderTest {
    public static final VaultLogin TOKEN = new VaultLogin.Token(SecretValue.of("hvs.given"));
    public static final VaultLogin APPROLE =
            new VaultLogin.AppRole("approle", "role-1", Optional.of(TextOrFile.of(SecretValue.of("secret-1"))), false);

    private VaultUnderTest() {}

    public static VaultSource source(URI url, VaultLogin login) {
        return source(VaultSettings.of(url, login), SourceFilter.NONE, Clock.systemUTC());
    }

    public static VaultSource source(URI url, VaultLogin login, Clock clock) {
        return source(VaultSettings.of(url, login), SourceFilter.NONE, clock);
    }

    public static VaultSource source(VaultSettings settings, SourceFilter filter, Clock clock) {
        return source(settings, filter, clock, new CopyOnWriteArrayList<>());
    }

    /** @param pauses gets the pauses between attempts */
    public static VaultSource source(VaultSettings settings, SourceFilter filter, Clock clock, List<Duration> pauses) {
        return new VaultSource("vault", settings, filter, clock, impatient(pauses), new AtOnce());
    }

    /** @param background runs the renewals of the token */
    public static VaultSource source(URI url, VaultLogin login, Clock clock, Background background) {
        return new VaultSource(
                "vault",
                VaultSettings.of(url, login),
                SourceFilter.NONE,
                clock,
                impatient(new CopyOnWriteArrayList<>()),
                background);
    }

    public static Backoff impatient(List<Duration> pauses) {
        return new Backoff(() -> 1, pauses::add);
    }

    public static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }

    public static Locator locator(String path) {
        return new Locator("vault", path, Optional.empty());
    }

    public static Locator locator(String path, int version) {
        return new Locator("vault", path, Optional.of(Integer.toString(version)));
    }

    public static Map<Locator, Outcome> fetch(VaultSource source, Locator... locators) {
        return source.fetch(Arrays.asList(locators), soon());
    }

    public static SecretPayload found(VaultSource source, Locator locator) {
        Outcome outcome = fetch(source, locator).get(locator);
        if (outcome instanceof Outcome.Failed failed) {
            throw failed.why();
        }
        return ((Outcome.Found) outcome).payload();
    }

    /** What went wrong with a locator, thrown or told. */
    public static SecretException failure(VaultSource source, Locator locator) {
        try {
            found(source, locator);
        } catch (SecretException e) {
            return e;
        }
        throw new AssertionError("it was found");
    }
}
