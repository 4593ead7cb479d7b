package io.jenkins.plugins.awssecrets.demo;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How the backends run.
 *
 * @param clock what tokens, leases and temporary credentials expire by
 * @param ports by service; any that is free for a service without one
 * @param vaultTls makes Vault speak HTTPS and ask for a client certificate, which a {@code cert} login needs
 */
public record Options(Clock clock, Map<Service, Integer> ports, Optional<SSLContext> vaultTls) {
    public static final Options DEFAULT = new Options(Clock.systemUTC(), Map.of(), Optional.empty());

    public Options {
        ports = Map.copyOf(ports);
    }

    public Options with(Clock other) {
        return new Options(other, ports, vaultTls);
    }

    public Options withPorts(Map<Service, Integer> others) {
        return new Options(clock, others, vaultTls);
    }

    public Options withVaultTls(SSLContext context) {
        return new Options(clock, ports, Optional.of(context));
    }
}
