package io.jenkins.plugins.awssecrets.demo.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An issuer of ID tokens on loopback, which serves its keys as GitHub, GitLab and Jenkins do theirs. */
public final class DemoIssuer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEYS = "/jwks";
    private static final long LIFETIME = 3600;

    private final KeyPair keys;
    private final HttpServer server;

    private DemoIssuer(KeyPair keys, HttpServer server) {
        this.keys = keys;
        this.server = server;
    }

    /** Listens on a port that is free. */
    public static DemoIssuer start() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            DemoIssuer issuer = new DemoIssuer(generator.generateKeyPair(), server);
            byte[] set = issuer.keySet();
            server.createContext(KEYS, exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, set.length);
                exchange.getResponseBody().write(set);
                exchange.close();
            });
            server.start();
            return issuer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has RSA", e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public URI keysUrl() {
        return URI.create(url() + KEYS);
    }

    /** A token for an hour. */
    public String token(String subject, String audience, Map<String, Object> more) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", url().toString());
        claims.put("sub", subject);
        claims.put("aud", audience);
        claims.put("iat", now);
        claims.put("exp", now + LIFETIME);
        claims.putAll(more);
        return sign(claims);
    }

    private String sign(Map<String, Object> claims) {
        String signed =
                encoded(json(Map.of("alg", "RS256", "typ", "JWT", "kid", "demo"))) + "." + encoded(json(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has SHA256withRSA", e);
        }
    }

    private byte[] keySet() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return json(Map.of(
                "keys",
                List.of(Map.of(
                        "kty", "RSA",
                        "use", "sig",
                        "alg", "RS256",
                        "kid", "demo",
                        "n", encoded(key.getModulus().toByteArray()),
                        "e", encoded(key.getPublicExponent().toByteArray())))));
    }

    private static byte[] json(Map<String, ?> object) {
        try {
            return JSON.writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
