package io.jenkins.plugins.awssecrets.engine.source.vault.session;

import io.jenkins.plugins.awssecrets.engine.identity.SessionStore;
import java.util.Optional;

/** Takes note of the tokens that a session's logins make, so that they are revoked whatever becomes of this process. */
public interface TokenKeeper {
    /** For the source's own session, whose tokens end with their time. */
    TokenKeeper NONE = new TokenKeeper() {
        @Override
        public void made(VaultToken token) {
            // It is in memory alone.
        }

        @Override
        public void gone(VaultToken token) {
            // Nothing was noted.
        }
    };

    /** A token was made, or its life is another one now. */
    void made(VaultToken token);

    /** A token is revoked, or over. */
    void gone(VaultToken token);

    static TokenKeeper in(SessionStore store, SessionStore.Key key) {
        return new TokenKeeper() {
            @Override
            public void made(VaultToken token) {
                token.value()
                        .ifPresent(value -> store.keep(
                                key,
                                new SessionStore.Session(
                                        value,
                                        token.renewable(),
                                        token.lifetime(),
                                        token.obtained(),
                                        token.ends(),
                                        token.policies())));
            }

            @Override
            public void gone(VaultToken token) {
                token.value().ifPresent(value -> store.drop(key, value));
            }
        };
    }

    /** The token of a session that was begun before this process. */
    static Optional<VaultToken> kept(SessionStore store, SessionStore.Key key) {
        return store.find(key)
                .map(kept -> new VaultToken(
                        Optional.of(kept.token()),
                        true,
                        kept.renewable(),
                        kept.lifetime(),
                        kept.obtained(),
                        kept.ends(),
                        kept.policies()));
    }
}
