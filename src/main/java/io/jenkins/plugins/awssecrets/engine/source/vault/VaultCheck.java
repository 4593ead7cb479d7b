package io.jenkins.plugins.awssecrets.engine.source.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Permission;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.identity.BuildText;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.Health;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultClient;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultJson;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultRequest;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.ChildTokens;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.AuthorizedCalls;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.AuthorizedCalls.Reply;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.Session;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.TokenLookup;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.VaultToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** The connection test: is there a Vault that serves, does the login work, is there anything to list. */
final class VaultCheck {
    private final VaultConnection connection;
    private final VaultClient client;
    private final Session session;
    private final AuthorizedCalls calls;
    private final KvListing listing;
    private final boolean ofBuild;

    /** @param ofBuild whether the session is that of one build */
    VaultCheck(VaultConnection connection, Session session, AuthorizedCalls calls, KvListing listing, boolean ofBuild) {
        this.connection = connection;
        this.client = connection.client();
        this.session = session;
        this.calls = calls;
        this.listing = listing;
        this.ofBuild = ofBuild;
    }

    List<SourceCheck> run(Deadline deadline) {
        List<SourceCheck> findings = new ArrayList<>();
        findings.add(step("reach " + client.where(), true, () -> reach(deadline)));
        VaultSettings settings = connection.settings();
        findings.addAll(new VaultEnvironment(System.getenv()).unused(settings.url(), client.subject()));
        if (!ofBuild && settings.login() instanceof VaultLogin.BuildJwt jwt) {
            findings.add(new SourceCheck(
                    "the controller has no login and lists nothing: builds authenticate at auth/" + jwt.mount(),
                    false,
                    Optional.empty()));
            findings.add(SourceCheck.ofBuilds(client.subject(), jwt.words()));
            return findings;
        }
        if (findings.get(0).ok()) {
            findings.add(step("authenticate with " + session.method(), true, () -> logIn(deadline)));
        }
        boolean loggedIn = findings.stream().filter(SourceCheck::required).allMatch(SourceCheck::ok);
        if (loggedIn && !ofBuild && settings.childTokens().isPresent()) {
            findings.add(step(
                    "make tokens for builds",
                    true,
                    () -> mayMakeTokens(settings.childTokens().get(), deadline)));
        }
        SourceFilter filter = connection.filter();
        if (loggedIn && !ofBuild && filter.prefix().isPresent()) {
            findings.add(step("list " + filter.prefix().get(), false, () -> list(deadline)));
        }
        if (!ofBuild) {
            settings.childTokens()
                    .ifPresent(tokens -> findings.add(SourceCheck.ofBuilds(client.subject(), tokens.words())));
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

    /** By the token's capabilities: without a build there is nobody to make one for. */
    private String mayMakeTokens(ChildTokens tokens, Deadline deadline) {
        String path = "auth/token/create"
                + tokens.tokenRole().map(role -> "/" + role.text()).orElse("");
        if (tokens.tokenRole().filter(role -> BuildText.isIn(role.text())).isPresent()) {
            return "at " + path;
        }
        ObjectNode body = VaultJson.object();
        body.putArray("paths").add(path);
        Reply reply = calls.send(VaultRequest.post("sys/capabilities-self", body), deadline);
        JsonNode granted = reply.answer().json().path("data").path(path);
        boolean told = reply.answer().ok() && granted.isArray();
        boolean may = StreamSupport.stream(granted.spliterator(), false)
                .map(JsonNode::asText)
                .anyMatch(Set.of("root", "update", "create", "sudo")::contains);
        if (told && !may) {
            throw new SecretException(
                            Problem.DENIED,
                            client.subject(),
                            "the source's own token may not make tokens for builds",
                            "grant it update on " + path)
                    .lacking(new Permission("update", path));
        }
        return "at " + path + (told ? "" : "; the token may not look up its capabilities");
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
