package io.jenkins.plugins.awssecrets.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesFileTest {
    @TempDir
    Path directory;

    @Test
    void anEventIsALineOfJson() throws IOException {
        JsonLinesFile sink = file(1000, 2);

        sink.write(Events.use("orders-db"));
        sink.write(Events.use("two\nlines\u2028\""));

        assertThat(Files.readAllLines(path()))
                .hasSize(2)
                .first()
                .isEqualTo("{\"time\":\"2026-04-01T12:00:00Z\",\"outcome\":\"used\","
                        + "\"controller\":\"https://ci.example/\",\"job\":\"shop/web\",\"build\":\"12\","
                        + "\"startedBy\":[\"alice\"],\"identity\":\"the controller\",\"use\":\"withAwsSecrets\","
                        + "\"credential\":\"orders-db\",\"reads\":[{\"reference\":\"sm:prod/orders#password\","
                        + "\"source\":\"sm\",\"version\":\"v1\"}],"
                        + "\"reason\":\"rule 1 (jobs shop/**) of the credential\"}");
    }

    @Test
    void whatIsEmptyIsLeftOut() throws IOException {
        file(1000, 2).write(AuditEvent.lost(Events.NOON, "", "3 events did not reach it"));

        assertThat(path())
                .hasContent("{\"time\":\"2026-04-01T12:00:00Z\",\"outcome\":\"lost\",\"use\":\"audit\","
                        + "\"reason\":\"3 events did not reach it\"}");
    }

    @Test
    void aFullFileMakesRoomAndTheOldestGoes() throws IOException {
        JsonLinesFile sink = file(1, 2);

        for (String id : List.of("a", "b", "c", "d")) {
            sink.write(Events.use(id));
        }

        assertThat(Files.readString(path())).contains("\"credential\":\"d\"");
        assertThat(Files.readString(path(".1"))).contains("\"credential\":\"c\"");
        assertThat(Files.readString(path(".2"))).contains("\"credential\":\"b\"");
        assertThat(path(".3")).doesNotExist();
    }

    @Test
    void aPartOfALineThatAFullDiskLeftIsGivenUp() throws IOException {
        JsonLinesFile sink = file(10_000, 2);
        sink.write(Events.use("a"));
        Files.writeString(path(), Files.readString(path()) + "{\"time\":\"2026");

        sink.write(Events.use("b"));

        assertThat(Files.readAllLines(path())).hasSize(2).allMatch(line -> line.endsWith("}"));
    }

    @Test
    void whatSomebodyElseMovedAwayIsBegunAnew() throws IOException {
        JsonLinesFile sink = file(10_000, 2);
        sink.write(Events.use("a"));
        Files.move(path(), directory.resolve("moved"));

        sink.write(Events.use("b"));

        assertThat(Files.readAllLines(path())).hasSize(1);
    }

    @Test
    void nobodyElseReadsIt() throws IOException {
        file(1000, 2).write(Events.use("a"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
    }

    @Test
    void whereNothingCanBeWrittenItSaysSo() throws IOException {
        Files.writeString(directory.resolve("logs"), "a file where the directory belongs");

        assertThatThrownBy(() -> file(1000, 2).write(Events.use("a"))).isInstanceOf(IOException.class);
    }

    private JsonLinesFile file(long fullAt, int kept) {
        return new JsonLinesFile(path(), fullAt, kept);
    }

    private Path path() {
        return path("");
    }

    private Path path(String end) {
        return directory.resolve("logs").resolve("audit.jsonl" + end);
    }
}
