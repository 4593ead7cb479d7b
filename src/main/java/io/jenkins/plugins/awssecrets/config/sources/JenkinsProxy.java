package io.jenkins.plugins.awssecrets.config.sources;

import hudson.ProxyConfiguration;
import hudson.Util;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.aws.calls.HttpProxy;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/** The proxy that Jenkins is configured with, in the forms that the clients take. */
public final class JenkinsProxy {
    private final Optional<ProxyConfiguration> configured;

    private JenkinsProxy(Optional<ProxyConfiguration> configured) {
        this.configured = configured;
    }

    public static JenkinsProxy now() {
        return new JenkinsProxy(
                Optional.ofNullable(Jenkins.get().getProxy()).filter(p -> Util.fixEmptyAndTrim(p.getName()) != null));
    }

    public Optional<HttpProxy> forAws() {
        return configured.map(proxy -> new HttpProxy(
                proxy.getName(),
                proxy.getPort(),
                Optional.ofNullable(Util.fixEmptyAndTrim(proxy.getUserName())),
                Optional.ofNullable(proxy.getSecretPassword())
                        .map(password -> SecretValue.of(password.getPlainText()))
                        .filter(password -> !password.isEmpty()),
                HttpProxy.hostsIn(Util.fixNull(proxy.getNoProxyHost()))));
    }

    Optional<ProxySelector> forVault() {
        return configured.map(Selector::new);
    }

    private static final class Selector extends ProxySelector {
        private final ProxyConfiguration proxy;

        Selector(ProxyConfiguration proxy) {
            this.proxy = proxy;
        }

        /** Jenkins' own rule for hosts that are called directly. */
        @Override
        public List<Proxy> select(URI uri) {
            return List.of(proxy.createProxy(uri.getHost()));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            // There is no other proxy to turn to; the call fails and says so.
        }
    }
}
