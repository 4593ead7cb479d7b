package io.jenkins.plugins.awssecrets.engine.source.vault;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.Health;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultClient;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.Session;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.TokenLookup;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The connection test: is there a Vault that serves, does the login work, is there anything to list. */
final class VaultCheck {
    private final VaultClient client;
    private final Session session;
    private final KvListing listing;
    private final SourceFilter filter;

    VaultCheck(VaultClient client, Session session, KvListing listing, SourceFilter filter) {
        this.client = client;
        this.session = session;
        this.listing = listing;
        this.filter = filter;
    }

    List<SourceCheck> run(Deadline deadline) {
        List<SourceCheck> findings = new ArrayList<>();
        findings.add(step("reach " + client.where(), true, () -> reach(deadline)));
        if (findings.get(0).ok()) {
            findings.add(step("authenticate with " + session.method(), true, () -> logIn(deadline)));
        }
        boolean loggedIn = findings.stream().allMatch(SourceCheck::ok);
        if (loggedIn && filter.prefix().isPresent()) {
            findings.add(step("list " + filter.prefix().get(), false, () -> list(deadline)));
        }
        return findings;
    }

    private String reach(Deadline deadline) {
        Health health = client.health(deadline);
        if (!health.serves()) {
            throw client.notServing(health);
        }
        return health.state() + (health.version().isEmpty() ? "" : ", version " + health.version());
    }

    private String logIn(Deadline deadline) {
        VaultToken token = session.token(deadline);
        TokenLookup lookup = new TokenLookup(client);
        Optional<TokenLookup.Told> told = lookup.ask(token.value(), deadline);
        if (told.isEmpty() && session.replace(token, deadline) instanceof Session.Verdict.Replaced other) {
            told = lookup.ask(other.token().value(), deadline);
        }
        if (told.isEmpty() && !token.ours()) {
            throw new SecretException(
                    Problem.UNAUTHENTICATED,
                    client.subject(),
                    session.method() + " is rejected (403): it has expired, or may not look itself up",
                    "configure a new one, or grant it read on auth/token/lookup-self");
        }
        return told.map(VaultCheck::describe).orElse("the token may not look itself up");
    }

    private static String describe(TokenLookup.Told told) {
        String life =
                told.left().isZero() ? "does not end" : "ends in " + told.left().toSeconds() + " s";
        return "token " + life + (told.renewable() ? ", renewable" : "") + ", policies "
                + String.join(" ", told.policies());
    }

    private String list(Deadline deadline) {
        int count = listing.list(deadline).size();
        return count == 1 ? "1 secret" : count + " secrets";
    }

    private SourceCheck step(String what, boolean required, Supplier<String> trial) {
        try {
            return new SourceCheck(what + " (" + trial.get() + ")", required, Optional.empty());
        } catch (SecretException e) {
            return new SourceCheck(what, required, Optional.of(e));
        } catch (RuntimeException e) {
            return new SourceCheck(what, required, Optional.of(client.unforeseen(e)));
        }
    }
}
