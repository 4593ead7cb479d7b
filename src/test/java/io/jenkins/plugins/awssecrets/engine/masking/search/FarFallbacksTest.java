package io.jenkins.plugins.awssecrets.engine.masking.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FarFallbacksTest {
    private final FarFallbacks fallbacks = new FarFallbacks();

    @Test
    void rowsOfFallbacksAreFoundByAnyOfTheirStates() {
        fallbacks.add(0, 0);
        for (int state = 10; state < 40; state++) {
            fallbacks.add(state, state + 100);
        }
        fallbacks.add(45, 0);
        fallbacks.add(46, 7);
        fallbacks.add(48, 9);
        fallbacks.trimmed();

        assertThat(fallbacks.size()).isEqualTo(4);
        assertThat(fallbacks.get(0)).isZero();
        assertThat(fallbacks.get(10)).isEqualTo(110);
        assertThat(fallbacks.get(39)).isEqualTo(139);
        assertThat(fallbacks.get(45)).isZero();
        assertThat(fallbacks.get(46)).isEqualTo(7);
        assertThat(fallbacks.get(48)).isEqualTo(9);
    }
}
