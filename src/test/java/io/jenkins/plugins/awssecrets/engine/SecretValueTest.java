package io.jenkins.plugins.awssecrets.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class SecretValueTest {
    @Test
    void itPrintsAsStars() {
        assertThat(SecretValue.of("canary")).hasToString("****");
    }

    @Test
    void javaSerialisationRefusesIt() {
        assertThatThrownBy(
                        () -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(SecretValue.of("canary")))
                .isInstanceOf(java.io.NotSerializableException.class)
                .hasMessageNotContaining("canary");
    }

    @Test
    void bytesThatAreNoUtf8AreNoText() {
        SecretValue value = SecretValue.of(new byte[] {(byte) 0xc3, 0x28});

        assertThat(value.isText()).isFalse();
        assertThatThrownBy(value::reveal).hasNoCause();
    }

    @Test
    void aChangeOfTheArrayDoesNotReachTheValue() {
        byte[] bytes = {1, 2, 3};
        SecretValue value = SecretValue.of(bytes);
        bytes[0] = 9;
        value.bytes()[1] = 9;

        assertThat(value.bytes()).containsExactly(1, 2, 3);
    }
}
