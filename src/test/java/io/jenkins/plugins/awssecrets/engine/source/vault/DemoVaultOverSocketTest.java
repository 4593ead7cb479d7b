package io.jenkins.plugins.awssecrets.engine.source.vault;

import java.net.URI;
import org.junit.jupiter.api.AfterEach;

/** Through a unix socket everything is as it is through TCP. */
class DemoVaultOverSocketTest extends DemoVaultTest {
    private final SocketRelay relay = SocketRelay.to(adminUrl());

    @Override
    URI url() {
        return relay.url();
    }

    @AfterEach
    void stopRelay() {
        relay.close();
    }
}
