package io.jenkins.plugins.awssecrets.pictures;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.apache.commons.io.FileUtils;

/** One tab of a Chromium without a window, driven over its own protocol (chromedevtools.github.io/devtools-protocol). */
final class Browser implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://([^/]+)/.*");
    private static final int SECONDS = 60;

    private final Process process;
    private final Path home;
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JSONObject>> answers = new ConcurrentHashMap<>();

    Browser() throws Exception {
        home = Files.createTempDirectory("browser");
        process = new ProcessBuilder(
                        program(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + home,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        HttpClient client = HttpClient.newHttpClient();
        JSONArray tabs = JSONArray.fromObject(client.send(
                        HttpRequest.newBuilder(URI.create("http://" + address() + "/json/list"))
                                .build(),
                        BodyHandlers.ofString())
                .body());
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(tabs.getJSONObject(0).getString("webSocketDebuggerUrl")), new Answers())
                .get(SECONDS, TimeUnit.SECONDS);
        call("Page.enable");
    }

    private static Optional<String> installed() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static String program() {
        return installed().orElseThrow(() -> new IllegalStateException("no chromium on the PATH"));
    }

    private String address() throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.matches()) {
                Thread reading = new Thread(() -> output.lines().forEach(rest -> {}), "browser's output");
                reading.setDaemon(true);
                reading.start();
                return listening.group(1);
            }
        }
        throw new IOException("chromium did not start");
    }

    /** The window, in pixels. */
    void resize(int width, int height) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                "width",
                width,
                "height",
                height,
                "deviceScaleFactor",
                1,
                "mobile",
                false);
    }

    /** Opens a page, and waits until it is there with all that it loads. */
    void open(String url) throws Exception {
        call("Page.navigate", "url", url);
        await("location.href == '" + url + "' && document.readyState == 'complete'");
    }

    /** @param condition an expression in JavaScript */
    void await(String condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!"true".equals(run("String(!!(" + condition + "))"))) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never true: " + condition + " at " + run("location.href"));
            }
            Thread.sleep(100);
        }
    }

    /** Evaluates JavaScript, and gives its result as text. */
    String run(String script) throws Exception {
        JSONObject result = call("Runtime.evaluate", "expression", script, "awaitPromise", true);
        if (result.has("exceptionDetails")) {
            throw new AssertionError(script + ": " + result.get("exceptionDetails"));
        }
        return result.getJSONObject("result").optString("value");
    }

    /** @param clip the part of the page, in pixels, as an expression that gives x, y, width and height */
    void picture(Path file, String clip) throws Exception {
        JSONObject part = JSONObject.fromObject(run("JSON.stringify(" + clip + ")"));
        part.put("scale", 1);
        JSONObject answer =
                call("Page.captureScreenshot", "format", "png", "clip", part, "captureBeyondViewport", true);
        Files.write(file, Base64.getDecoder().decode(answer.getString("data")));
    }

    private JSONObject call(String method, Object... parameters) throws Exception {
        JSONObject arguments = new JSONObject();
        for (int i = 0; i < parameters.length; i += 2) {
            arguments.put((String) parameters[i], parameters[i + 1]);
        }
        int id = calls.incrementAndGet();
        JSONObject call = new JSONObject();
        call.put("id", id);
        call.put("method", method);
        call.put("params", arguments);
        CompletableFuture<JSONObject> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(call.toString(), true).get(SECONDS, TimeUnit.SECONDS);
        JSONObject whole = answer.get(SECONDS, TimeUnit.SECONDS);
        if (whole.has("error")) {
            throw new IOException(method + ": " + whole.get("error"));
        }
        return whole.getJSONObject("result");
    }

    @Override
    public void close() throws Exception {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        FileUtils.deleteQuietly(home.toFile());
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                JSONObject message = JSONObject.fromObject(text.toString());
                text.setLength(0);
                CompletableFuture<JSONObject> waiting = answers.remove(message.optInt("id"));
                if (waiting != null) {
                    waiting.complete(message);
                }
            }
            from.request(1);
            return null;
        }
    }
}
