package io.jenkins.plugins.awssecrets.demo.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;

/** {@code sys/health} and {@code sys/seal-status} of a node that is active and unsealed. */
final class Health {
    private static final String VERSION = "1.21.4";

    private Health() {}

    static ObjectNode healthy(Clock clock) {
        return VaultReply.object()
                .put("initialized", true)
                .put("sealed", false)
                .put("standby", false)
                .put("performance_standby", false)
                .put("replication_performance_mode", "disabled")
                .put("replication_dr_mode", "disabled")
                .put("server_time_utc", clock.instant().getEpochSecond())
                .put("version", VERSION)
                .put("enterprise", false)
                .put("cluster_name", "demo");
    }

    static ObjectNode unsealed() {
        return VaultReply.object()
                .put("type", "shamir")
                .put("initialized", true)
                .put("sealed", false)
                .put("t", 1)
                .put("n", 1)
                .put("progress", 0)
                .put("version", VERSION)
                .put("cluster_name", "demo");
    }
}
