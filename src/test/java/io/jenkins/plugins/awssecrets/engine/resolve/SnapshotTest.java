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

class SnapshotTest {
    private static final String JSON = """
            {"user":"u","port":5432,"big":12345678901234567890,"rate":1.10,"on":true,"none":null,"empty":"",
             "db":{"pass word":"deep","a/b":"slash"},"list":["x","y"]}""";

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
