package io.jenkins.plugins.awssecrets.engine.diagnosis;

import io.jenkins.plugins.awssecrets.engine.resolve.ResolvedCredential;
import java.util.ArrayList;
import java.util.List;

/** What is worth a warning about values that can be used, of any kind of credential. */
public final class ValueReview {
    private ValueReview() {}

    public static List<Finding> of(ResolvedCredential credential) {
        List<Finding> findings = new ArrayList<>(BlankEnds.in(credential));
        findings.addAll(WholeObjects.in(credential));
        return findings;
    }
}
