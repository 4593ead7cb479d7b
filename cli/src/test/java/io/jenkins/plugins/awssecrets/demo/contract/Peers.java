package io.jenkins.plugins.awssecrets.demo.contract;

import java.net.URI;

/** Where {@code bin/peers} says that the real peers are. */
final class Peers {
    static final String TAG = "peers";
    static final String MOTO = "AWS_SECRETS_PEER_MOTO";
    static final String VAULT = "AWS_SECRETS_PEER_VAULT";
    static final String VAULT_TOKEN = "AWS_SECRETS_PEER_VAULT_TOKEN";

    static final String VAULT_BINARY = "AWS_SECRETS_PEER_VAULT_BINARY";

    private Peers() {}

    static URI moto() {
        return URI.create(System.getenv(MOTO));
    }

    static URI vault() {
        return URI.create(System.getenv(VAULT));
    }
}
