package io.jenkins.plugins.awssecrets.engine.source.aws.calls;

import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Which proxy a call goes through, by its address. Without the credentials, which {@link ProxySelector} has no place for. */
public abstract class ProxyRoutes extends ProxySelector {
    /** The proxy before an address; empty where it is called directly. */
    public abstract Optional<HttpProxy> via(URI address);

    /** Every proxy that some address may be behind. */
    public abstract List<HttpProxy> all();
}
