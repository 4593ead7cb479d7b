package io.jenkins.plugins.awssecrets.engine.source.vault.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.LoginLife;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultAnswer;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultClient;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultJson;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps a token: logs in at first use, renews when less than a third of the token's life is left, logs in anew when
 * that gives no more, and revokes at the end what its logins made. Tokens live in memory only.
 *
 * <p>Renewing holds nobody up: the token is good meanwhile. It is renewed without being used, too; for a login in place
 * of a renewal it has to be used. A token that was replaced is revoked at the end and not before, as its leases end
 * with it.
 */
public final class Session {
    /** What became of a token that Vault denied something to. */
    public sealed interface Verdict {
        /** There is another one to try. */
        record Replaced(VaultToken token) implements Verdict {}

        /** The token is valid: its policies deny. */
        record Valid() implements Verdict {}

        /** Vault does not say whether the token is valid, and there is no other. */
        record Unknown() implements Verdict {}
    }

    /** For tokens that may not look themselves up, where a denial may always be the token's fault. */
    private static final Duration BETWEEN_LOGINS = Duration.ofMinutes(5);

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(10);
    private static final Duration CLEANING_UP = Duration.ofSeconds(2);
    private static final Duration FOR_RENEWING = Duration.ofSeconds(30);

    private final LoginMethod method;
    private final VaultClient client;
    private final Clock clock;
    private final Background background;
    private final TokenKeeper keeper;
    private final RenewalAlarm alarm;
    private final SingleFlight<VaultToken> refreshing;
    private final SingleFlight<Verdict> replacing;
    private final Queue<VaultToken> replaced = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean renewing = new AtomicBoolean();
    private final ReentrantLock loggingIn = new ReentrantLock();
    private final Object adopting = new Object();
    private volatile Optional<VaultToken> current;
    private volatile Instant nextTry = Instant.MIN;
    // Whether a given token came so near to its longest life that renewing it no longer helps.
    private volatile boolean spent;
    // How long a token stays after a login for a denial: zero where Vault can be asked about it.
    private volatile Duration unlooked = Duration.ZERO;
    private volatile boolean closed;

    /** @param background runs renewals */
    public Session(LoginMethod method, VaultClient client, Clock clock, Background background) {
        this(method, client, clock, background, TokenKeeper.NONE, Optional.empty());
    }

    /**
     * @param keeper takes note of the tokens
     * @param kept the token of the same session before the process was restarted
     */
    public Session(
            LoginMethod method,
            VaultClient client,
            Clock clock,
            Background background,
            TokenKeeper keeper,
            Optional<VaultToken> kept) {
        this.keeper = keeper;
        this.current = kept;
        this.method = method;
        this.client = client;
        this.clock = clock;
        this.background = background;
        this.alarm = new RenewalAlarm(background, clock);
        this.refreshing = new SingleFlight<>(client);
        this.replacing = new SingleFlight<>(client);
        kept.ifPresent(token -> alarm.set(token, () -> renew(false)));
    }

    /** The login method's name, for messages. */
    public String method() {
        return method.name();
    }

    /** How long the present token lives; empty before the first login and for one that does not end. */
    public Optional<LoginLife> life() {
        Instant now = clock.instant();
        return current.flatMap(token -> token.ends().map(ends -> {
            boolean renewable = token.ours() || token.renewable() && !(spent && token.due(now));
            return new LoginLife(method(), ends, renewable);
        }));
    }

    /** The token to send with a request now. */
    public VaultToken token(Deadline deadline) {
        refuseWhenClosed();
        Optional<VaultToken> token = current;
        if (token.isEmpty() || token.get().ended(clock.instant()) && wantsRefresh(token.get())) {
            return refreshing.run(() -> refresh(true, deadline), deadline);
        }
        if (wantsRefresh(token.get()) && renewing.compareAndSet(false, true)) {
            background.now(this::renewOnce);
        }
        return current.orElse(token.get());
    }

    private void renewOnce() {
        try {
            renew(true);
        } finally {
            renewing.set(false);
        }
    }

    /** In the background; what goes wrong is tried again later, and told to nobody while the token is good. */
    private void renew(boolean orLogIn) {
        try {
            Deadline deadline = Deadline.in(FOR_RENEWING);
            refreshing.run(() -> refresh(orLogIn, deadline), deadline);
        } catch (SecretException e) {
            // Whoever uses the token after its end logs in, and is told why that fails.
            return;
        } finally {
            current.ifPresent(token -> alarm.set(token, () -> renew(false)));
        }
    }

    /** Finds out, after a 403, whether another token should be tried: at most one login for all who were denied. */
    public Verdict replace(VaultToken denied, Deadline deadline) {
        while (true) {
            refuseWhenClosed();
            Verdict verdict = replacing.run(() -> judge(denied, deadline), deadline);
            // Whoever joined a flight about an older token may get its own one back.
            if (!(verdict instanceof Verdict.Replaced other) || !other.token().sameAs(denied)) {
                return verdict;
            }
        }
    }

    /** Revokes the tokens of this session's logins, best effort. No call is made after it. */
    public void close(Deadline deadline) {
        closed = true;
        alarm.off();
        current.ifPresent(replaced::add);
        for (VaultToken token = replaced.poll(); token != null; token = replaced.poll()) {
            revoke(token, deadline);
        }
    }

    private boolean wantsRefresh(VaultToken token) {
        Instant now = clock.instant();
        return token.ours() && token.ended(now) || token.due(now) && !now.isBefore(nextTry);
    }

    private VaultToken refresh(boolean orLogIn, Deadline deadline) {
        if (current.isEmpty()) {
            return adopt(logIn(deadline));
        }
        VaultToken token = current.get();
        if (!wantsRefresh(token)) {
            return token;
        }
        nextTry = clock.instant().plus(BETWEEN_TRIES);
        try {
            Optional<VaultToken> longer = renewed(token, deadline);
            VaultToken next = longer.isPresent() || orLogIn ? adopt(longer.orElseGet(() -> logIn(deadline))) : token;
            spent = !next.ours() && next.due(clock.instant());
            return next;
        } catch (SecretException e) {
            if (e.problem() == Problem.ABORTED || token.ended(clock.instant())) {
                throw e;
            }
            return token;
        }
    }

    /** A refresh and a replacement may meet here; a method is called by one thread at a time. */
    private VaultToken logIn(Deadline deadline) {
        try {
            if (!loggingIn.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw client.late();
            }
        } catch (InterruptedException e) {
            throw client.aborted();
        }
        try {
            return method.logIn(deadline);
        } finally {
            loggingIn.unlock();
        }
    }

    private Optional<VaultToken> renewed(VaultToken token, Deadline deadline) {
        Instant now = clock.instant();
        if (!token.renewable() || token.ended(now)) {
            return Optional.empty();
        }
        VaultAnswer answer =
                client.send(VaultRequest.post("auth/token/renew-self", VaultJson.object()), token.value(), deadline);
        if (!answer.ok()) {
            return Optional.empty();
        }
        JsonNode auth = answer.json().path("auth");
        Duration left = Duration.ofSeconds(auth.path("lease_duration").asLong());
        VaultToken longer = token.living(auth.path("renewable").asBoolean(), token.lifetime(), left, now);
        // Close to the token's maximum a renewal gives little or nothing: a login gives more.
        return token.ours() && longer.due(now) ? Optional.empty() : Optional.of(longer);
    }

    private Verdict judge(VaultToken denied, Deadline deadline) {
        VaultToken token = token(deadline);
        if (!token.sameAs(denied)) {
            return new Verdict.Replaced(token);
        }
        // A login may use up a secret id, so Vault is asked first whether the token is at fault.
        if (denied.ours() && isValid(denied, deadline)) {
            return new Verdict.Valid();
        }
        if (denied.ours() && denied.obtained().plus(unlooked).isAfter(clock.instant())) {
            return new Verdict.Unknown();
        }
        VaultToken next = logIn(deadline);
        if (!next.sameAs(denied)) {
            unlooked = isValid(next, deadline) ? Duration.ZERO : BETWEEN_LOGINS;
            return new Verdict.Replaced(adopt(next));
        }
        return isValid(denied, deadline) ? new Verdict.Valid() : new Verdict.Unknown();
    }

    private boolean isValid(VaultToken token, Deadline deadline) {
        return new TokenLookup(client).ask(token.value(), deadline).isPresent();
    }

    private VaultToken adopt(VaultToken token) {
        keep(token);
        synchronized (adopting) {
            replaced.removeIf(this::isOver);
            current.filter(old -> old.ours() && !old.sameAs(token)).ifPresent(replaced::add);
            current = Optional.of(token);
        }
        alarm.set(token, () -> renew(false));
        if (closed) {
            revoke(token, Deadline.in(CLEANING_UP));
        }
        refuseWhenClosed();
        return token;
    }

    /** What nobody would find again is not used. */
    private void keep(VaultToken token) {
        if (token.ours()) {
            try {
                keeper.made(token);
            } catch (RuntimeException e) {
                revoke(token, Deadline.in(CLEANING_UP));
                throw e;
            }
        }
    }

    private boolean isOver(VaultToken token) {
        boolean over = token.ended(clock.instant());
        if (over) {
            keeper.gone(token);
        }
        return over;
    }

    private void revoke(VaultToken token, Deadline deadline) {
        if (!token.ours() || isOver(token)) {
            return;
        }
        try {
            VaultAnswer answer = client.send(
                    VaultRequest.post("auth/token/revoke-self", VaultJson.object()), token.value(), deadline);
            if (answer.ok() || answer.says("invalid token") || answer.says("bad token")) {
                keeper.gone(token);
            }
        } catch (SecretException e) {
            // It ends by itself with its time; what keeps it tries again.
        }
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw client.closed();
        }
    }
}
