package io.jenkins.plugins.awssecrets.config.forms;

import hudson.model.Descriptor;
import org.jenkinsci.Symbol;

/** The words that YAML, Job DSL and error messages have for our objects. */
public final class Symbols {
    private Symbols() {}

    public static String of(Descriptor<?> descriptor) {
        return descriptor.getClass().getAnnotation(Symbol.class).value()[0];
    }
}
