package io.jenkins.plugins.awssecrets.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** Vault's API by plain HTTP. */
public final class VaultHttp {
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final URI address;
    private final Optional<String> token;

    public VaultHttp(URI address, Optional<String> token) {
        this.address = address;
        this.token = token;
    }

    public VaultHttp as(String other) {
        return new VaultHttp(address, Optional.of(other));
    }

    public record Answer(int status, JsonNode body) {
        public String error() {
            return body.path("errors").path(0).asText();
        }

        public JsonNode data() {
            return body.path("data");
        }
    }

    public Answer get(String path) {
        return send("GET", path, "");
    }

    public Answer list(String path) {
        return send("LIST", path, "");
    }

    public Answer post(String path, String body) {
        return send("POST", path, body);
    }

    /** @param headers name, value, name, value, ... */
    public Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + "/v1/" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        token.ifPresent(t -> request.header("X-Vault-Token", t));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), json.readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
