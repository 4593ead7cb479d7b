package io.jenkins.plugins.awssecrets.operations;

import io.jenkins.plugins.awssecrets.engine.diagnosis.Cause;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Examined;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Finding;
import io.jenkins.plugins.awssecrets.engine.diagnosis.Severity;
import java.util.Locale;

/**
 * Something to fix, on the page.
 *
 * @param place full name of the folder it is in; empty for Jenkins itself
 * @param examined what was looked at, such as {@code credential docker-hub}
 */
public record FindingRow(String place, String examined, Finding finding) {
    static FindingRow of(String place, Examined examined, Finding finding) {
        return new FindingRow(place, examined.subject(), finding);
    }

    public State getState() {
        return finding.severity() == Severity.NOTE ? new State("Note", "") : State.of(finding.severity());
    }

    public String getSeverity() {
        return finding.severity().name().toLowerCase(Locale.ROOT);
    }

    /** The cause's word, for scripts and tests. */
    public String getCause() {
        return finding.cause().word();
    }

    /** The cause in words: {@code wrongRegion} is {@code Wrong region}. */
    public String getTitle() {
        if (finding.cause() == Cause.NOT_JSON) {
            return "Not JSON";
        }
        String words = finding.cause().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** The narrower subject, where it is another one than what was looked at; else empty. */
    public String getDetail() {
        String subject = finding.subject();
        return examined.equals(subject) || examined.equals("secret " + subject) ? "" : subject;
    }

    public String getReason() {
        return finding.reason();
    }

    public String getFix() {
        return finding.fix();
    }

    /** Whether the fix leaves out which permission is missing. */
    public boolean isPermissionUntold() {
        return finding.permission()
                .filter(p ->
                        !finding.fix().contains(p.action()) || !finding.fix().contains(p.resource()))
                .isPresent();
    }

    public String getPlaceName() {
        return Places.name(place);
    }

    public String getAction() {
        return finding.permission().map(p -> p.action()).orElse("");
    }

    public String getResource() {
        return finding.permission().map(p -> p.resource()).orElse("");
    }
}
