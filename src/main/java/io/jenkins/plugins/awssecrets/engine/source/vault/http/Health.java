package io.jenkins.plugins.awssecrets.engine.source.vault.http;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a node says of itself at {@code sys/health}, which asks for no token.
 *
 * @param status 200 active, 429 standby, 472 disaster recovery secondary, 473 performance standby, 501 not initialised,
 *     503 sealed
 * @param version of Vault; empty text where it is not said
 */
public record Health(int status, String version) {
    static final String PATH = "sys/health";

    static Health of(int status, JsonNode json) {
        String version = json.path("version").asText("");
        // Shown to people: only what a version number may look like.
        return new Health(status, version.matches("[0-9A-Za-z.+-]{1,40}") ? version : "");
    }

    /** Whether the node serves requests, itself or by forwarding them. */
    public boolean serves() {
        return status == 200 || status == 429 || status == 473;
    }

    public String state() {
        return switch (status) {
            case 200 -> "active";
            case 429 -> "standby";
            case 472 -> "disaster recovery secondary";
            case 473 -> "performance standby";
            case 501 -> "not initialized";
            case 503 -> "sealed";
            default -> "unknown state " + status;
        };
    }

    /** What to do about a node that does not serve. */
    public String fix() {
        return switch (status) {
            case 501 -> "initialize it (vault operator init), then unseal it";
            case 503 -> "unseal it (vault operator unseal), or set up auto-unseal";
            case 429, 473 -> "set the url to the active node or a load balancer that finds it";
            case 472 -> "set the url to the primary cluster, or promote this one";
            default -> "see the server's log";
        };
    }
}
