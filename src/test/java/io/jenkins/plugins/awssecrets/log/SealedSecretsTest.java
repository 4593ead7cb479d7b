package io.jenkins.plugins.awssecrets.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealedSecretsTest {
    private static final List<SecretValue> VALUES =
            List.of(SecretValue.of("canary-text"), SecretValue.of(new byte[] {0, 1, (byte) 0xff}), SecretValue.of(""));

    private final SealedSecrets.Key key = SealedSecrets.Key.generate();

    @Test
    void receiverOpensWhatWasSealedForIt() {
        assertThat(key.open(SealedSecrets.seal(VALUES, key.publicKey()))).isEqualTo(VALUES);
    }

    @Test
    void messageShowsNoValue() {
        assertThat(new String(SealedSecrets.seal(VALUES, key.publicKey()), StandardCharsets.ISO_8859_1))
                .doesNotContain("canary");
    }

    @Test
    void anotherAgentCannotOpenIt() {
        byte[] sealed = SealedSecrets.seal(VALUES, SealedSecrets.Key.generate().publicKey());

        assertThatIllegalArgumentException().isThrownBy(() -> key.open(sealed));
    }

    @Test
    void changedOrCutMessageIsRefused() {
        byte[] sealed = SealedSecrets.seal(VALUES, key.publicKey());
        byte[] changed = sealed.clone();
        changed[changed.length - 1] ^= 1;

        assertThatIllegalArgumentException().isThrownBy(() -> key.open(changed));
        assertThatIllegalArgumentException().isThrownBy(() -> key.open(new byte[] {0, 0}));
    }

    @Test
    void twoMessagesOfTheSameSecretsDiffer() {
        assertThat(SealedSecrets.seal(VALUES, key.publicKey()))
                .isNotEqualTo(SealedSecrets.seal(VALUES, key.publicKey()));
    }
}
