package io.jenkins.plugins.awssecrets.engine.source.vault;

import io.jenkins.plugins.awssecrets.engine.identity.SessionStore;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.Backoff;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.HttpClients;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.TlsContexts;
import io.jenkins.plugins.awssecrets.engine.source.vault.http.VaultClient;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.Background;
import io.jenkins.plugins.awssecrets.engine.source.vault.session.LoginMethod;
import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What a source shares with the sessions that it gives to builds: all but token and reads.
 *
 * @param background runs the renewals of tokens
 */
record VaultConnection(
        String id,
        VaultSettings settings,
        SourceFilter filter,
        Clock clock,
        VaultClient client,
        Background background,
        ParallelReads parallel) {

    static VaultConnection to(
            String id,
            VaultSettings settings,
            SourceFilter filter,
            Clock clock,
            Backoff backoff,
            Background background) {
        VaultClient client = client("source " + id, settings, clock, backoff);
        return new VaultConnection(id, settings, filter, clock, client, background, new ParallelReads(id, client));
    }

    private static VaultClient client(String subject, VaultSettings settings, Clock clock, Backoff backoff) {
        Optional<SSLContext> tls =
                settings.ca().isPresent() || settings.identity().isPresent()
                        ? Optional.of(new TlsContexts(subject).context(settings.ca(), settings.identity()))
                        : Optional.empty();
        return new VaultClient(
                subject,
                settings.url(),
                settings.namespace(),
                HttpClients.client(settings.url(), tls, settings.proxy(), settings.connectTimeout()),
                settings.requestTimeout(),
                backoff,
                clock);
    }

    /**
     * Under which the session of a build is kept: one that was begun at another address, or in another way, is another
     * one's.
     */
    SessionStore.Key keyOf(LoginMethod login) {
        String namespace =
                settings.namespace().map(name -> ", namespace " + name).orElse("");
        return new SessionStore.Key(settings.place(), id, settings.url() + namespace + ", " + login.name());
    }

    String subject() {
        return client.subject();
    }
}
