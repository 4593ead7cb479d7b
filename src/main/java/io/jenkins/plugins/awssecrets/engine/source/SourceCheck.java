package io.jenkins.plugins.awssecrets.engine.source;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.Optional;

/**
 * One finding of a connection test.
 *
 * @param what what was tried, such as {@code list} or {@code log in}
 * @param required whether the source is of no use when this fails; listing, for one, is optional
 * @param problem empty when it worked
 */
public record SourceCheck(String what, boolean required, Optional<SecretException> problem) {
    private static final String BUILDS = "builds";

    /**
     * What a connection test leaves out where builds read as themselves: the rest of it is of the controller's login.
     *
     * @param subject the source, as in {@code source ssm}
     * @param as who builds read as
     */
    public static SourceCheck ofBuilds(String subject, String as) {
        return new SourceCheck(
                BUILDS,
                false,
                Optional.of(new SecretException(
                        Problem.REFUSED,
                        subject,
                        "each build reads as itself, as " + as + ", which only a build can test",
                        "see what a build of a job would be in Rules for a job (Manage Jenkins > AWS Secrets) or with"
                                + " aws-secrets check --job, then run one")));
    }

    public boolean isOfBuilds() {
        return what.equals(BUILDS);
    }

    /** The finding of a source that could not be made, or is no longer there. */
    public static SourceCheck notSetUp(SecretException why) {
        return new SourceCheck("set up", true, Optional.of(why));
    }

    public boolean ok() {
        return problem.isEmpty();
    }
}
