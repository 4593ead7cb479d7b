package io.jenkins.plugins.awssecrets.demo;

import io.jenkins.plugins.awssecrets.demo.aws.AccessKeys;
import io.jenkins.plugins.awssecrets.demo.aws.Iam;
import io.jenkins.plugins.awssecrets.demo.ecr.Ecr;
import io.jenkins.plugins.awssecrets.demo.http.Endpoint;
import io.jenkins.plugins.awssecrets.demo.http.LoopbackServer;
import io.jenkins.plugins.awssecrets.demo.secretsmanager.SecretsManager;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.demo.ssm.Ssm;
import io.jenkins.plugins.awssecrets.demo.sts.StsEndpoint;
import io.jenkins.plugins.awssecrets.demo.vault.VaultEndpoint;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The backends, running: each service on its own port of 127.0.0.1, in memory, until {@link #close()}.
 *
 * <p>What they hold changes through the services' own APIs ({@code PutParameter}, {@code PutSecretValue}, a Vault
 * write), as it would with the real ones.
 */
public final class DemoBackends implements AutoCloseable {
    private final Map<Service, LoopbackServer> servers = new EnumMap<>(Service.class);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "demo-backends");
        thread.setDaemon(true);
        return thread;
    });
    private final Requests requests = new Requests();
    private final Faults faults = new Faults(new Faults.Listening() {
        @Override
        public void stop(Service service) {
            server(service).stop();
        }

        @Override
        public void start(Service service) {
            server(service).start();
        }
    });

    private DemoBackends() {}

    /** Listens on ports that are free, by the system's clock. */
    public static DemoBackends start(Seed seed) {
        return start(seed, Options.DEFAULT);
    }

    /** @param clock what tokens, leases and temporary credentials expire by */
    public static DemoBackends start(Seed seed, Clock clock) {
        return start(seed, Options.DEFAULT.with(clock));
    }

    /** @throws UncheckedIOException when a port is taken */
    public static DemoBackends start(Seed seed, Options options) {
        DemoBackends backends = new DemoBackends();
        try {
            backends.serve(seed, options);
            return backends;
        } catch (RuntimeException e) {
            backends.close();
            throw e;
        }
    }

    private void serve(Seed seed, Options options) {
        Clock clock = options.clock();
        AccessKeys keys = new AccessKeys(seed.aws(), clock);
        Iam iam = new Iam(seed.aws().policies());
        Map<Service, Endpoint> endpoints = new EnumMap<>(Service.class);
        endpoints.put(Service.SSM, Ssm.endpoint(seed.aws(), seed.ssm(), keys, iam, clock));
        endpoints.put(
                Service.SECRETS_MANAGER, SecretsManager.endpoint(seed.aws(), seed.secretsManager(), keys, iam, clock));
        endpoints.put(Service.STS, new StsEndpoint(seed.aws(), keys, clock));
        endpoints.put(Service.ECR, Ecr.endpoint(seed.aws(), keys, iam, clock));
        endpoints.put(Service.VAULT, new VaultEndpoint(seed.vault(), keys, clock));
        endpoints.forEach((service, endpoint) -> servers.put(
                service,
                new LoopbackServer(
                        options.ports().getOrDefault(service, 0),
                        service == Service.VAULT ? options.vaultTls() : Optional.empty(),
                        new FaultyHandler(endpoint, requests, faults),
                        threads)));
    }

    private LoopbackServer server(Service service) {
        return servers.get(service);
    }

    public URI ssm() {
        return server(Service.SSM).uri();
    }

    public URI secretsManager() {
        return server(Service.SECRETS_MANAGER).uri();
    }

    public URI sts() {
        return server(Service.STS).uri();
    }

    public URI ecr() {
        return server(Service.ECR).uri();
    }

    public URI vault() {
        return server(Service.VAULT).uri();
    }

    public Faults faults() {
        return faults;
    }

    public Requests requests() {
        return requests;
    }

    @Override
    public void close() {
        servers.values().forEach(LoopbackServer::close);
        threads.shutdownNow();
    }
}
