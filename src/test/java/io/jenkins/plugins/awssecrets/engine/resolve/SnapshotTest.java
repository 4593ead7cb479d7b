package io.jenkins.plugins.awssecrets.engine.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
    private static final String JSON = """
        {"user":"u","port":5432,"big":12345678901234567890,"rate":1.10,"on":true,"none":null,"empty":"",
         "db":{"pass word":"deep","a/b":"slash"},"list":["x","y"]}\
        """;

    @ParameterizedTest
    @CsvSource({
        "user, u",
        "port, 5432",
        "big, 12345678901234567890",
        "rate, 1.10",
        "on, true",
        "/db/pass%20word, deep",
        "/db/a~1b, slash",
        "/list/1, y",
        "list, '[\"x\",\"y\"]'"
    })
    void aFieldIsAMemberOrAPointer(String field, String expected) {
        assertThat(read(Shape.TEXT, JSON, field)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e3", "1E3", "-0", "0.1e-2", "1e-7", "0.10", "1.0E+400", "100000000000000000000000", "-0.0"})
    void aNumberIsGivenAsItIsSpelled(String number) {
        assertThat(read(Shape.TEXT, "{\"n\":" + number + "}", "n")).isEqualTo(number);
        assertThat(read(Shape.TEXT, "{\"o\":{\"n\":[" + number + "]}}", "o")).isEqualTo("{\"n\":[" + number + "]}");
        assertThat(read(Shape.MEMBERS, "{\"n\":" + number + "}", null)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/config/db/password | deep",
                "/config/list/1 | y",
                "/twice/inner/key | deeper",
                "/config/db | {\"password\":\"deep\"}",
                "/text | just text",
            })
    void aPointerGoesOnIntoJsonThatIsKeptAsText(String pointer, String expected) {
        String json = """
            {"config":"{\\"db\\":{\\"password\\":\\"deep\\"},\\"list\\":[\\"x\\",\\"y\\"]}",
             "twice":"{\\"inner\\":\\"{\\\\\\"key\\\\\\":\\\\\\"deeper\\\\\\"}\\"}","text":"just text"}\
            """;
        assertThat(read(Shape.TEXT, json, pointer)).isEqualTo(expected);
    }

    @Test
    void aPointerIntoTextThatIsNoJsonIsMissing() {
        for (String pointer : List.of("/user/x", "/port/0", "/list/2", "/list/x", "/db/none/x")) {
            assertFails(Problem.FIELD_MISSING, () -> read(Shape.TEXT, JSON, pointer));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "db.password, /db/password",
        "$.db.password, /db/password",
        ".db.password, /db/password",
        "users%5B0%5D.name, /users/0/name",
        "$%5Bdb%5D%5Bpassword%5D, /db/password",
        "text.key, /text/key",
        "db/password, /db/password",
        "db:password, /db/password",
        "users.0.name, /users/0/name",
        "users/0/name, /users/0/name",
        "$.users%5B0%5D%5B'name'%5D, /users/0/name",
    })
    void aPathOfAnotherSyntaxIsToldWithThePointerThatIsMeant(String field, String pointer) {
        String json =
                "{\"db\":{\"password\":\"canary\"},\"users\":[{\"name\":\"canary\"}],\"text\":\"{\\\"key\\\":1}\"}";
        assertThatThrownBy(() -> read(Shape.TEXT, json, field))
                .hasMessageContaining("Name it #" + pointer)
                .hasMessageNotContaining("canary");
    }

    @Test
    void aMemberWhoseNameHasADotIsItself() {
        assertThat(read(Shape.TEXT, "{\"db.password\":\"flat\",\"db\":{\"password\":\"deep\"}}", "db.password"))
                .isEqualTo("flat");
    }

    @Test
    void jsonThatWasEncodedTwiceIsToldAsSuch() {
        for (String json : List.of("{\"password\":\"canary\"}", "[\"canary\"]", " {\"a\": {}} ")) {
            String twice = quoted(json);
            for (String stored : List.of(twice, quoted(twice), quoted(quoted(twice)))) {
                assertThatThrownBy(() -> read(Shape.TEXT, stored, "password"))
                        .hasMessageContaining("JSON that was encoded twice")
                        .hasMessageNotContaining("canary");
            }
        }
        for (String text : List.of(quoted("canary"), quoted("12345"), quoted(""), "12345", "true", "null")) {
            assertThatThrownBy(() -> read(Shape.TEXT, text, "password")).hasMessageContaining("the value is not JSON");
        }
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    @Test
    void withoutAFieldTextIsGivenAsItStands() {
        assertThat(read(Shape.TEXT, JSON, null)).isEqualTo(JSON);
    }

    @Test
    void aMissingFieldIsToldWithTheNamesThereAreAndNoValue() {
        assertThatThrownBy(() -> read(Shape.TEXT, "{\"user\":\"canary\",\"pass\":\"canary\"}", "password"))
                .hasMessageContaining("no field 'password': user, pass")
                .hasMessageNotContaining("canary");
    }

    @Test
    void aFieldOfWhatIsNoJsonIsAnErrorThatQuotesNothing() {
        for (String text : List.of("canary", "{\"a\":\"canary\"", "\"canary\"", "{\"a\":canary}", "{} canary")) {
            assertFails(Problem.WRONG_SHAPE, () -> read(Shape.TEXT, text, "a"));
        }
    }

    @Test
    void anEmptyValueIsAnErrorUnlessItIsAllowed() {
        assertFails(Problem.EMPTY, () -> read(Shape.TEXT, "", null));
        assertFails(Problem.EMPTY, () -> read(Shape.TEXT, JSON, "empty"));
        assertFails(Problem.EMPTY, () -> read(Shape.TEXT, JSON, "none"));
        assertThat(snapshot(Shape.TEXT, SecretValue.of(""))
                        .value(Reference.parse("sm:x"), false, true)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void binaryIsGivenOnlyWhereItIsTaken() {
        Snapshot snapshot = snapshot(Shape.BINARY, SecretValue.of(new byte[] {(byte) 0xff, 1}));

        assertThat(snapshot.value(Reference.parse("sm:x"), true, false).size()).isEqualTo(2);
        assertFails(Problem.BINARY, () -> snapshot.value(Reference.parse("sm:x"), false, false));
        assertFails(Problem.BINARY, () -> snapshot.value(Reference.parse("sm:x#f"), true, false));
    }

    @Test
    void aVaultSecretOfOneKeyNeedsNoFieldAndOneOfSeveralDoes() {
        assertThat(read(Shape.MEMBERS, "{\"password\":\"p\"}", null)).isEqualTo("p");
        assertThatThrownBy(() -> read(Shape.MEMBERS, "{\"a\":\"canary\",\"b\":\"canary\"}", null))
                .hasMessageContaining("several keys: a, b")
                .hasMessageContaining("#<key>")
                .hasMessageNotContaining("canary");
    }

    @Test
    void membersAreFoundUnderAnyOfTheirNames() {
        Snapshot snapshot = snapshot(Shape.MEMBERS, SecretValue.of("{\"access_key\":\"A\",\"secret_key\":\"S\"}"));

        assertThat(snapshot.member(
                        Reference.parse("sm:x"), Kinds.AWS.field("accessKeyId").orElseThrow(), false))
                .contains(SecretValue.of("A"));
        assertThat(snapshot.member(
                        Reference.parse("sm:x"), Kinds.AWS.field("sessionToken").orElseThrow(), false))
                .isEmpty();
    }

    @Test
    void nothingPrintsAValue() {
        Snapshot snapshot = snapshot(Shape.TEXT, SecretValue.of("canary"));

        assertThat(snapshot.toString() + snapshot.payloads()).doesNotContain("canary");
    }

    private static void assertFails(Problem problem, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageNotContaining("canary")
                .hasNoCause()
                .isInstanceOfSatisfying(
                        SecretException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private static String read(Shape shape, String text, String field) {
        Reference reference = Reference.parse(field == null ? "sm:x" : "sm:x#" + field);
        return snapshot(shape, SecretValue.of(text))
                .value(reference, false, false)
                .reveal();
    }

    private static Snapshot snapshot(Shape shape, SecretValue value) {
        SecretPayload payload =
                new SecretPayload(shape, value, true, Optional.of("1"), List.of(), Optional.empty(), Optional.empty());
        return new Snapshot(Map.of(Reference.parse("sm:x").locator(), payload));
    }
}
