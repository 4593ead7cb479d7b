package io.jenkins.plugins.awssecrets.engine.measurement;

/** Is told of each call of a source, on the thread that made it: must be quick and must not throw. */
@FunctionalInterface
public interface CallObserver {
    void ended(SourceCall call);
}
