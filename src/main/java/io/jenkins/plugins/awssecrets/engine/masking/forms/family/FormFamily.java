package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

/** A family of forms: one kind of spelling that tools have in common. Stateless, safe for use by several threads. */
@FunctionalInterface
public interface FormFamily {
    /** Adds every form of the subject that belongs to this family. */
    void derive(Subject subject, Patterns into);
}
