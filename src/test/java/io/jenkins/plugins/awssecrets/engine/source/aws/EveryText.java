package io.jenkins.plugins.awssecrets.engine.source.aws;

import java.io.PrintWriter;
import java.io.StringWriter;

/** All that a log or {@code --debug} could ever show of an exception: itself, its causes and what it suppressed. */
final class EveryText {
    private EveryText() {}

    static String of(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        for (Throwable at = failure; at != null; at = at.getCause()) {
            text.write(at + "\n" + at.getMessage() + "\n" + at.getLocalizedMessage() + "\n");
            for (Throwable suppressed : at.getSuppressed()) {
                text.write(of(suppressed));
            }
        }
        return text.toString();
    }
}
