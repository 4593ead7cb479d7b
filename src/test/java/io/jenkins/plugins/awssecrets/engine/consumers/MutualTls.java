package io.jenkins.plugins.awssecrets.engine.consumers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;

/** Servers on loopback that want a certificate of their clients. */
public final class MutualTls {
    private MutualTls() {}

    /**
     * @param own the server's key and certificates
     * @param trusted the roots of clients, or their own certificates
     */
    public static HttpsServer start(KeyStore own, char[] password, KeyStore trusted, HttpHandler handler)
            throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, password);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters required = context.getDefaultSSLParameters();
                required.setNeedClientAuth(true);
                parameters.setSSLParameters(required);
            }
        });
        server.createContext("/", handler);
        server.start();
        return server;
    }

    /**
     * One that says {@code hello} and the name in the client's certificate.
     *
     * @param own PKCS #12 with the server's key and certificates
     * @param trusted PKCS #12 with the roots of clients, or their own certificates
     * @param password of both
     */
    public static HttpsServer greeting(byte[] own, byte[] trusted, String password)
            throws GeneralSecurityException, IOException {
        return start(store(own, password), password.toCharArray(), store(trusted, password), exchange -> {
            byte[] body = ("hello " + client(exchange)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static KeyStore store(byte[] bytes, String password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(bytes), password.toCharArray());
        return store;
    }

    /** The name in the certificate of who asks. */
    public static String client(HttpExchange exchange) throws SSLPeerUnverifiedException {
        return ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName();
    }
}
