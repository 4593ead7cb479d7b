package io.jenkins.plugins.awssecrets.engine.source.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What an administrator does with a Vault, by its HTTP API. */
final class VaultApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI url;
    private final String token;

    VaultApi(URI url, String token) {
        this.url = url;
        this.token = token;
    }

    /** @param path percent-encoded */
    JsonNode write(String path, String json) {
        return answer(exchange("POST", path, json), path);
    }

    JsonNode read(String path) {
        return answer(exchange("GET", path, ""), path);
    }

    /** Writes and has the answer wrapped; gives the wrapping token. */
    String wrapped(String path, String json) {
        return answer(exchange("POST", path, json, "X-Vault-Wrap-TTL", "300"), path)
                .at("/wrap_info/token")
                .asText();
    }

    int status(String method, String path, String json) {
        return exchange(method, path, json).statusCode();
    }

    private static JsonNode answer(HttpResponse<String> response, String path) {
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
        }
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> exchange(String method, String path, String json, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/v1/" + path))
                .header("X-Vault-Token", token)
                .method(method, HttpRequest.BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
