package io.jenkins.plugins.awssecrets.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.measurement.ObservedSource;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.GuardedSource;
import io.jenkins.plugins.awssecrets.engine.source.ForwardingSource;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source that stands before another passes on all that a source can do: what it forgets seems to be unsupported. */
class SourcesAroundSourcesTest {
    private static final String LAZY = "io.jenkins.plugins.awssecrets.config.sources.LazySource";

    @ParameterizedTest
    @ValueSource(classes = {GuardedSource.class, ObservedSource.class, RetiringSource.class, SucceedingSource.class})
    void eachMethodIsPassedOn(Class<? extends SecretSource> around) {
        assertThat(around).isAssignableTo(ForwardingSource.class);
        assertThat(Arrays.stream(LeasedSource.class.getMethods())
                        .filter(method -> !declares(around, method))
                        .map(Method::getName))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = LAZY)
    void eachMethodIsPassedOnByTheOneThatIsMadeLate(String around) throws ClassNotFoundException {
        eachMethodIsPassedOn(Class.forName(around).asSubclass(SecretSource.class));
    }

    /** Itself, what it extends, or the form of it that stands before a source with leases. */
    private static boolean declares(Class<?> type, Method method) {
        return Stream.of(
                        Stream.of(type),
                        Stream.of(ForwardingSource.class),
                        Arrays.stream(type.getDeclaredClasses()).filter(LeasedSource.class::isAssignableFrom))
                .flatMap(some -> some)
                .flatMap(one -> Arrays.stream(one.getDeclaredMethods()))
                .anyMatch(own -> own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }
}
