package io.jenkins.plugins.awssecrets.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildTextTest {
    private static final Pattern NAME = Pattern.compile("[a-z/-]+");
    private static final Pattern FITS = Pattern.compile("[a-z/-]{1,20}");

    @Test
    void namesOfTheBuildArePutInAsTheyAre() {
        assertThat(of("ci-${folder}", "shop/web")).isEqualTo("ci-shop");
        assertThat(of("${job}-${folder}", "shop/web")).isEqualTo("shop/web-shop");
        assertThat(of("plain", "shop/web")).isEqualTo("plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop*/web", "shop,root/web", "a${folder}/web", "shop web/x", "../web", "SHOP/web"})
    void aNameThatDoesNotFitIsRefusedAndNotReplaced(String job) {
        assertThatThrownBy(() -> of("ci-${folder}", job))
                .hasMessageStartingWith("role: '")
                .hasMessageContaining("characters that are not allowed");
    }

    @Test
    void aTextThatGetsTooLongIsRefused() {
        assertThatThrownBy(() -> of("ci-${folder}", "a-very-long-name-of-a-folder/web"))
                .hasMessageContaining("too long");
    }

    @Test
    void aJobInNoFolderIsRefusedWhereTheFolderIsNamed() {
        assertThatThrownBy(() -> of("ci-${folder}", "web")).hasMessageContaining("job web is in no folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci-${branch}", "${}", "${FOLDER}", "${folder", "ci *"})
    void aTextThatCannotBeRightIsRefusedWhereItIsWritten(String text) {
        assertThatThrownBy(() -> BuildText.checked("role", text, FITS)).hasMessageStartingWith("role: ");
    }

    private static String of(String text, String job) {
        BuildIdentity build =
                new BuildIdentity("", job, Optional.empty(), job, 1, (place, id) -> SecretValue.of("token"));
        return BuildText.checked("role", text, FITS).of(build, "role", NAME, FITS);
    }
}
