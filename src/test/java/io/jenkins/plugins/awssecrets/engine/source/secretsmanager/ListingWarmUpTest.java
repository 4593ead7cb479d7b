package io.jenkins.plugins.awssecrets.engine.source.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class ListingWarmUpTest {
    /** Nothing listens at the address that it is given: a call to it would fail. */
    @Test
    void nobodyIsAsked() {
        assertThatCode(ListingWarmUp::run).doesNotThrowAnyException();
    }

    @Test
    void theThreadLooksForClassesWhereItDidBefore() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader own = new URLClassLoader(new URL[0], null)) {
            thread.setContextClassLoader(own);
            ListingWarmUp.run();
            assertThat(thread.getContextClassLoader()).isSameAs(own);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
