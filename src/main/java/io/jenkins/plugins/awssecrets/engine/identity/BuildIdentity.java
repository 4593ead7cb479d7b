package io.jenkins.plugins.awssecrets.engine.identity;

import java.util.Objects;
import java.util.Optional;

/**
 * The build that a secret is read for. All of it comes from Jenkins' items, never from the environment or a parameter,
 * and stays what it was when the build began, also where its job is renamed meanwhile.
 *
 * @param controller address of this Jenkins; empty where none is configured
 * @param job full name of the job, for a branch of a multibranch project that of the project
 * @param branch name of the branch, tag or change request that is built; empty for a job that has none
 * @param run full name of the job that runs, which for a branch of a multibranch project is the branch's own
 * @param number of the build
 * @param idTokens gives the build's ID tokens
 * @param sessions keeps those of the build's sessions that somebody has to end
 */
public record BuildIdentity(
        String controller,
        String job,
        Optional<String> branch,
        String run,
        int number,
        IdTokens idTokens,
        SessionStore sessions) {
    public BuildIdentity {
        Objects.requireNonNull(idTokens);
        Objects.requireNonNull(sessions);
    }

    /** Of a build that does not outlive this process. */
    public BuildIdentity(
            String controller, String job, Optional<String> branch, String run, int number, IdTokens idTokens) {
        this(controller, job, branch, run, number, idTokens, SessionStore.NONE);
    }

    /** The same build, whose sessions are kept. */
    public BuildIdentity keeping(SessionStore store) {
        return new BuildIdentity(controller, job, branch, run, number, idTokens, store);
    }

    /** Full name of the job's folder; empty for a job that is in none. */
    public String folder() {
        int slash = job.lastIndexOf('/');
        return slash < 0 ? "" : job.substring(0, slash);
    }

    /** What tells it from every other build of this Jenkins: {@code shop/web#12}. */
    @Override
    public String toString() {
        return run + "#" + number;
    }
}
