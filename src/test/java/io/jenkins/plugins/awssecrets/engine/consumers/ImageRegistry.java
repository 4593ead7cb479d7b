package io.jenkins.plugins.awssecrets.engine.consumers;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Predicate;

/** As much of a registry (OCI Distribution Specification) as a push needs, and an image to push. */
public final class ImageRegistry {
    /** What the registry is asked last. */
    public static final String PUSHED = "PUT /v2/app/manifests/1";

    private ImageRegistry() {}

    /** @param login tells whether a username and password, with a colon between them, are let in */
    public static BasicServer start(Predicate<String> login) throws IOException {
        return new BasicServer(login, ImageRegistry::answer);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        switch (exchange.getRequestMethod()) {
            case "GET" -> BasicServer.reply(exchange, path.equals("/v2/") ? 200 : 404, path.equals("/v2/") ? "{}" : "");
            case "POST" -> {
                exchange.getResponseHeaders().add("Location", path + "upload");
                BasicServer.reply(exchange, 202, "");
            }
            case "PATCH" -> {
                exchange.getResponseHeaders().add("Location", path);
                BasicServer.reply(exchange, 202, "");
            }
            case "PUT" -> BasicServer.reply(exchange, 201, "");
            default -> exchange.sendResponseHeaders(404, -1);
        }
    }

    /** A shell line by which skopeo pushes an image with what {@code DOCKER_CONFIG} logs in with. */
    public static String push(Path directory, BasicServer registry) throws IOException, GeneralSecurityException {
        Path image = Files.createDirectories(directory.resolve("image"));
        String config = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";
        String digest = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(config.getBytes(StandardCharsets.UTF_8)));
        Files.writeString(image.resolve("version"), "Directory Transport Version: 1.1\n");
        Files.writeString(image.resolve(digest), config);
        Files.writeString(
                image.resolve("manifest.json"),
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
                        + "{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"size\":" + config.length()
                        + ",\"digest\":\"sha256:" + digest + "\"},\"layers\":[]}");
        return "skopeo --insecure-policy copy --dest-tls-verify=false --authfile \"$DOCKER_CONFIG/config.json\" dir:"
                + image + " docker://" + registry.address() + "/app:1";
    }
}
