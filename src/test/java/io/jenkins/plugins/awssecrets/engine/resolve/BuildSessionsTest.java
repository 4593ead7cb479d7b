package io.jenkins.plugins.awssecrets.engine.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.FakeSource;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuildSessionsTest {
    private final List<FakeSource> made = new ArrayList<>();
    private final BuildSessions sessions = new BuildSessions(build());

    @Test
    void aSourceThatReadsAsTheControllerIsReadItself() {
        SecretSource source = new FakeSource("ssm", SourceKind.SSM);

        assertThat(sessions.of(source)).isSameAs(source);
        assertThat(sessions.all()).isEmpty();
    }

    @Test
    void aBuildHasOneSessionASource() {
        SecretSource one = perBuild();
        SecretSource other = perBuild();

        assertThat(sessions.of(one)).isSameAs(sessions.of(one)).isNotSameAs(sessions.of(other));
        assertThat(sessions.begun(one)).isSameAs(sessions.of(one));
        assertThat(made).hasSize(2);
    }

    @Test
    void sessionsEndWithTheBuildAndNoneBeginsAfterIt() {
        SecretSource source = perBuild();
        sessions.of(source);

        sessions.end();

        assertThat(made.get(0).closed).isTrue();
        assertThatThrownBy(() -> sessions.of(source))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("build shop/web#7 is over");
        assertThat(made).hasSize(2).allMatch(session -> session.closed);
    }

    private SecretSource perBuild() {
        return new FakeSource("sm", SourceKind.SECRETS_MANAGER) {
            @Override
            public Optional<SecretSource> forBuild(BuildIdentity build) {
                FakeSource session = new FakeSource("sm", SourceKind.SECRETS_MANAGER);
                made.add(session);
                return Optional.of(session);
            }
        };
    }

    private static BuildIdentity build() {
        return new BuildIdentity(
                "", "shop/web", Optional.empty(), "shop/web", 7, (place, id) -> SecretValue.of("token"));
    }
}
