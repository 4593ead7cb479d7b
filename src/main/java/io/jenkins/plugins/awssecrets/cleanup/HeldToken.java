package io.jenkins.plugins.awssecrets.cleanup;

import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.identity.SessionStore;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The Vault token that a build reads with, and who the build is. The token is encrypted with the controller's key. */
final class HeldToken implements Remainder {
    private static final Logger LOGGER = Logger.getLogger(HeldToken.class.getName());

    private final String place;
    private final String source;
    private final String settings;
    private final Secret token;
    private final boolean renewable;
    private final long lifetime;
    private final String obtained;
    private final String ends;
    private final List<String> policies;
    private final String controller;
    private final String job;
    private final String branch;
    private final String run;
    private final int number;

    HeldToken(SessionStore.Key key, SessionStore.Session session, BuildIdentity build) {
        this.place = key.place();
        this.source = key.source();
        this.settings = key.settings();
        this.token = Secret.fromString(session.token().reveal());
        this.renewable = session.renewable();
        this.lifetime = session.lifetime().toSeconds();
        this.obtained = session.obtained().toString();
        this.ends = session.ends().map(Instant::toString).orElse(null);
        this.policies = new ArrayList<>(session.policies());
        this.controller = build.controller();
        this.job = build.job();
        this.branch = build.branch().orElse(null);
        this.run = build.run();
        this.number = build.number();
    }

    boolean isOf(SessionStore.Key key) {
        return key().equals(key);
    }

    boolean isOf(String ofPlace, String ofSource, String ofRun, int ofNumber) {
        return place.equals(ofPlace) && source.equals(ofSource) && run.equals(ofRun) && number == ofNumber;
    }

    boolean is(SecretValue other) {
        return token.getPlainText().equals(other.reveal());
    }

    Instant obtained() {
        return Instant.parse(obtained);
    }

    private SessionStore.Key key() {
        return new SessionStore.Key(place, source, settings);
    }

    SessionStore.Session session() {
        return new SessionStore.Session(
                SecretValue.of(token.getPlainText()),
                renewable,
                Duration.ofSeconds(lifetime),
                obtained(),
                Optional.ofNullable(ends).map(Instant::parse),
                policies);
    }

    /** Takes up the build's session with the token, revokes what outlives it, and ends it, as the build itself would have. */
    @Override
    public void remove() throws IOException {
        AtomicBoolean revoked = new AtomicBoolean();
        SessionStore store = new SessionStore() {
            @Override
            public Optional<Session> find(Key key) {
                return isOf(key) ? Optional.of(session()) : Optional.empty();
            }

            @Override
            public void keep(Key key, Session session) {
                // It is only ended.
            }

            @Override
            public void drop(Key key, SecretValue value) {
                revoked.set(true);
            }
        };
        SecretSource present = Catalog.get()
                .present(place, source)
                .orElseThrow(() -> new IOException("the source is no longer configured"));
        Optional<SecretSource> session = present.forBuild(identity().keeping(store));
        session.ifPresent(this::revokeCertificates);
        session.ifPresent(SecretSource::close);
        if (!revoked.get()) {
            throw new IOException("Vault did not answer or did not let the token revoke itself,"
                    + " or the source is configured in another way");
        }
    }

    private void revokeCertificates(SecretSource session) {
        Remainders.get()
                .notes(note -> note.remainder() instanceof HeldCertificate held && held.isOf(this))
                .forEach(note -> Remainders.revoke(session, ((HeldCertificate) note.remainder()).lease())
                        .ifPresent(e -> LOGGER.log(Level.WARNING, "{0} was not revoked: {1}", new Object[] {
                            note.remainder().describe(), e.explanation()
                        })));
    }

    private BuildIdentity identity() {
        return new BuildIdentity(controller, job, Optional.ofNullable(branch), run, number, (of, id) -> {
            throw new SecretException(
                    Problem.ABORTED, "build " + run + "#" + number, "it is over", "read it while the build runs");
        });
    }

    @Override
    public boolean lost(Duration age) {
        boolean over = ends != null && Instant.parse(ends).isBefore(Instant.now());
        return over || Catalog.get().present(place, source).isEmpty();
    }

    @Override
    public String describe() {
        return "the Vault token of " + run + "#" + number + " for source " + source;
    }
}
