package io.jenkins.plugins.awssecrets.config.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void formsTextAndCodesListAreTheSame() {
        assertThat(Lines.of(List.of(" a\r\n\r\n\tb \n", "", "c"))).containsExactly("a", "b", "c");
        assertThat(Lines.of(null)).isEmpty();
    }

    @Test
    void wrongOneIsReportedByItsPlaceInTheList() {
        assertThatThrownBy(() -> Lines.each("names", List.of("a", "b", "c"), text -> {
                    if (!text.equals("a")) {
                        throw new SecretException(Problem.MALFORMED, "", text + " is wrong", "write a");
                    }
                }))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("names[1]: b is wrong");
    }
}
