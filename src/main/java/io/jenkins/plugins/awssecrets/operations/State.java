package io.jenkins.plugins.awssecrets.operations;

import io.jenkins.plugins.awssecrets.engine.diagnosis.Examined;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Severity;
import java.util.Optional;

/**
 * How something stands, in a word.
 *
 * @param word for people
 * @param color of Jenkins' own palette: {@code success}, {@code warning}, {@code error} or empty
 */
public record State(String word, String color) {
    static final State WORKS = new State("Works", "success");
    static final State WARNING = new State("Warning", "warning");
    static final State FAILS = new State("Fails", "error");
    static final State DOWN = new State("Down", "error");
    static final State UNCHECKED = new State("Not checked", "");
    static final State UNUSED = new State("Not in use", "");

    static State of(Examined examined) {
        return examined.worst().map(State::of).orElse(WORKS);
    }

    static State of(Severity severity) {
        return switch (severity) {
            case FAILED -> FAILS;
            case WARNING -> WARNING;
            case NOTE -> WORKS;
        };
    }

    static State of(Optional<Examined> examined) {
        return examined.map(State::of).orElse(UNCHECKED);
    }

    /** Classes of a badge. */
    public String getClasses() {
        return color.isEmpty() ? "jenkins-badge" : "jenkins-badge jenkins-!-" + color + "-color";
    }
}
