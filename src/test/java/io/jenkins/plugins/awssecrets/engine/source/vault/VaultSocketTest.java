package io.jenkins.plugins.awssecrets.engine.source.vault;

import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.TOKEN;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.failure;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.found;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.impatient;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.locator;
import static io.jenkins.plugins.awssecrets.engine.source.vault.VaultUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.vault.login.VaultLogin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through an Agent's unix socket, and what becomes of answers that break off or are none. */
@Timeout(60)
class VaultSocketTest {
    private static final String MOUNT =
            "{\"data\":{\"path\":\"secret/\",\"type\":\"kv\",\"options\":{\"version\":\"1\"}}}";

    @Test
    void anAgentIsAskedWithoutATokenAndWithTheHeaderThatItMayWant() {
        try (ScriptedVault vault = new ScriptedVault().withSecret("{\"k\":\"v\"}");
                SocketRelay relay = SocketRelay.to(vault.url());
                VaultSource source = source(
                        VaultSettings.of(relay.url(), new VaultLogin.Agent()).withNamespace("team"),
                        SourceFilter.NONE,
                        Clock.systemUTC())) {
            assertThat(found(source, locator("secret/ci/db")).value().reveal()).isEqualTo("{\"k\":\"v\"}");

            assertThat(vault.seen()).isNotEmpty().allSatisfy(seen -> {
                assertThat(seen.header("X-Vault-Token")).isEmpty();
                assertThat(seen.header("X-Vault-Request")).contains("true");
                assertThat(seen.header("X-Vault-Namespace")).contains("team");
            });
        }
    }

    @Test
    void anAnswerWithoutALengthEndsWithTheConnection() {
        try (SocketRelay relay = SocketRelay.to(answering("HTTP/1.0 200 OK\r\n\r\n", MOUNT, "{\"data\":{\"k\":1}}"));
                VaultSource source = source(relay.url(), new VaultLogin.Agent())) {
            assertThat(found(source, locator("secret/ci/db")).value().reveal()).isEqualTo("{\"k\":1}");
        }
    }

    @Test
    void anAnswerIsWholeAtItsLengthThoughTheConnectionStaysOpen() {
        CountDownLatch end = new CountDownLatch(1);
        SocketRelay.Peer generous = client -> {
            String body = request(client).contains("ui/mounts") ? MOUNT : "{\"data\":{\"k\":\"ü\"}}";
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            send(client, "HTTP/1.1 200 OK\r\ncontent-LENGTH:  " + length + "\r\n\r\n" + body);
            await(end);
        };
        try (SocketRelay relay = SocketRelay.to(generous);
                VaultSource source = source(relay.url(), TOKEN)) {
            assertThat(found(source, locator("secret/ci/db")).value().reveal()).isEqualTo("{\"k\":\"ü\"}");
            end.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"data\":",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: canary\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nno header canary\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\nno JSON, a canary",
                "SSH-2.0-canary\r\n\r\n",
            })
    void whatIsNoWholeAnswerIsUnreachableAndNotRepeatedInTheMessage(String answer) {
        SocketRelay.Peer peer = client -> {
            request(client);
            send(client, answer);
        };
        try (SocketRelay relay = SocketRelay.to(peer);
                VaultSource source = source(relay.url(), TOKEN)) {
            SecretException why = failure(source, locator("secret/ci/db"));

            assertThat(why.problem()).isEqualTo(Problem.UNREACHABLE);
            assertThat(why.getMessage()).contains(relay.url().toString()).doesNotContain("canary");
        }
    }

    @Test
    void aHeadOrABodyWithoutEndIsGivenUp() {
        for (String start : List.of("HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\n\r\n")) {
            SocketRelay.Peer endless = client -> {
                request(client);
                send(client, start);
                while (true) {
                    send(client, "x".repeat(8192));
                }
            };
            try (SocketRelay relay = SocketRelay.to(endless);
                    VaultSource source = source(relay.url(), TOKEN)) {
                assertThat(failure(source, locator("secret/ci/db")).problem()).isEqualTo(Problem.UNREACHABLE);
            }
        }
    }

    @Test
    void whereNobodyListensTheSocketIsNamed() throws IOException {
        SocketRelay gone = SocketRelay.to(client -> {});
        gone.close();
        List<Duration> pauses = new CopyOnWriteArrayList<>();
        try (VaultSource source =
                source(VaultSettings.of(gone.url(), TOKEN), SourceFilter.NONE, Clock.systemUTC(), pauses)) {
            SecretException why = failure(source, locator("secret/ci/db"));

            assertThat(why.problem()).isEqualTo(Problem.UNREACHABLE);
            assertThat(why.getMessage()).contains("no connection to " + gone.url(), "may write to the socket");
            assertThat(pauses).as("as after a refused connection").hasSize(2);
            Files.createDirectories(gone.socket().getParent());
            Files.writeString(gone.socket(), "a file of that name");
            assertThat(failure(source, locator("secret/ci/db")).getMessage())
                    .contains("no connection to " + gone.url());
        } finally {
            Files.delete(gone.socket());
            Files.delete(gone.socket().getParent());
        }
    }

    @Test
    void silenceEndsAtTheDeadlineAndLeavesNeitherConnectionNorThread() throws Exception {
        try (SocketRelay relay = SocketRelay.to(VaultSocketTest::keepSilent);
                VaultSource source = new VaultSource(
                        "vault",
                        VaultSettings.of(relay.url(), TOKEN),
                        SourceFilter.NONE,
                        Clock.systemUTC(),
                        impatient(new CopyOnWriteArrayList<>()),
                        new AtOnce())) {
            SecretException why = catchThrowableOfType(SecretException.class, () -> source.fetch(
                            List.of(locator("secret/ci/db")), Deadline.in(Duration.ofMillis(300)))
                    .values()
                    .forEach(outcome -> {
                        throw ((io.jenkins.plugins.awssecrets.engine.source.Outcome.Failed) outcome).why();
                    }));

            assertThat(why.problem()).isEqualTo(Problem.TIMEOUT);
            assertThat(relay.connections()).isEqualTo(1);
            awaitNoneLeft(relay);
        }
    }

    @Test
    void anAbortEndsTheExchangeAtOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        SocketRelay.Peer silent = client -> {
            request(client);
            asked.countDown();
            keepSilent(client);
        };
        try (SocketRelay relay = SocketRelay.to(silent);
                VaultSource source = source(relay.url(), TOKEN)) {
            AtomicReference<Thread> build = new AtomicReference<>();
            CompletableFuture<SecretException> outcome = CompletableFuture.supplyAsync(() -> {
                build.set(Thread.currentThread());
                return failure(source, locator("secret/ci/db"));
            });
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            build.get().interrupt();

            assertThat(outcome.get(30, TimeUnit.SECONDS).problem()).isEqualTo(Problem.ABORTED);
            awaitNoneLeft(relay);
        }
    }

    private static void awaitNoneLeft(SocketRelay relay) {
        while (relay.open() > 0
                || Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().contains("Agent's socket"))) {
            Thread.onSpinWait();
        }
    }

    private static SocketRelay.Peer answering(String head, String... bodies) {
        List<String> left = new CopyOnWriteArrayList<>(bodies);
        return client -> {
            request(client);
            send(client, head + left.remove(0));
        };
    }

    /** Until the client is gone. */
    private static void keepSilent(SocketChannel client) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8192);
        while (client.read(bytes) >= 0) {
            bytes.clear();
        }
    }

    private static String request(SocketChannel client) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8192);
        String head = "";
        while (!head.contains("\r\n\r\n") && client.read(bytes) >= 0) {
            head = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
        return head;
    }

    private static void send(SocketChannel client, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
