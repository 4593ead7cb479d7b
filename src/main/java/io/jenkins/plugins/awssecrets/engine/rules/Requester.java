package io.jenkins.plugins.awssecrets.engine.rules;

import java.util.Optional;

/**
 * Who asks for a secret. All of it comes from Jenkins' items, never from the environment or a parameter.
 *
 * @param job full name of the job, for a branch of a multibranch project that of the project; empty where it is no job
 *     that asks, but the controller itself
 * @param branch name of the branch, tag or change request that is built; empty outside of builds, and for a job that has
 *     none
 * @param changeRequest whether a change request (pull request, merge request) is built
 */
public record Requester(String job, Optional<String> branch, boolean changeRequest) {
    /** The controller itself, for an agent say. */
    public static final Requester CONTROLLER = ofJob("");

    /** A job outside of its builds, when it is indexed say; also a build of a job without branches. */
    public static Requester ofJob(String job) {
        return new Requester(job, Optional.empty(), false);
    }

    /** A build of a branch or a tag. */
    public static Requester ofBranch(String job, String branch) {
        return new Requester(job, Optional.of(branch), false);
    }

    /** A build of a change request. */
    public static Requester ofChangeRequest(String job, String head) {
        return new Requester(job, Optional.of(head), true);
    }

    /** Full name of the job's folder; empty for a job that is in none. */
    public String folder() {
        int slash = job.lastIndexOf('/');
        return slash < 0 ? "" : job.substring(0, slash);
    }

    /** Whether the job is in the folder or below it. A multibranch project is a folder to its branches. */
    public boolean isIn(String place) {
        return place.isEmpty() || job.equals(place) || job.startsWith(place + "/");
    }

    /** As in {@code job shop/web, branch main}. */
    @Override
    public String toString() {
        if (job.isEmpty()) {
            return "the controller";
        }
        return "job " + job
                + branch.map(name -> (changeRequest ? ", change request " : ", branch ") + name)
                        .orElse("");
    }
}
