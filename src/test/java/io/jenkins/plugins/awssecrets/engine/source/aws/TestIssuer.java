package io.jenkins.plugins.awssecrets.engine.source.aws;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;

/** An issuer of ID tokens that publishes its key, as a Jenkins with OpenID Connect Provider does. */
final class TestIssuer implements AutoCloseable {
    private final HttpServer server;
    private final KeyPair keys = keys();

    TestIssuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/.well-known/openid-configuration", "{\"jwks_uri\": \"" + address() + "/jwks\"}");
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        serve(
                "/jwks",
                "{\"keys\": [{\"kid\": \"one\", \"kty\": \"RSA\", \"n\": \"" + text(key.getModulus()) + "\", \"e\": \""
                        + text(key.getPublicExponent()) + "\"}]}");
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    SecretValue token(String audience, String subject) {
        return token(audience, subject, keys.getPrivate());
    }

    /** Signed by somebody else. */
    SecretValue forged(String audience, String subject) {
        return token(audience, subject, keys().getPrivate());
    }

    private SecretValue token(String audience, String subject, PrivateKey key) {
        String signed = text("{\"alg\": \"RS256\", \"kid\": \"one\"}") + "."
                + text("{\"iss\": \"%s\", \"aud\": \"%s\", \"sub\": \"%s\", \"exp\": %d}"
                        .formatted(address(), audience, subject, Instant.now().getEpochSecond() + 600));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return SecretValue.of(signed + "." + text(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return text(bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String text(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
