package io.jenkins.plugins.awssecrets.access;

import hudson.model.AbstractProject;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.engine.rules.Requester;
import java.util.Optional;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;

/**
 * Who asks, told by Jenkins' items alone: a name in the environment or a parameter is what somebody typed.
 */
public final class Requesters {
    private Requesters() {}

    /** A build: its job, and what it builds where the job is a branch of a multibranch project. */
    public static Requester of(Run<?, ?> run) {
        return ofBuildOf(run.getParent());
    }

    /** A build that the job would run. */
    public static Requester ofBuildOf(Job<?, ?> job) {
        String name = of(job).job();
        return head(job)
                .map(head -> head instanceof ChangeRequestSCMHead
                        ? Requester.ofChangeRequest(name, head.getName())
                        : Requester.ofBranch(name, head.getName()))
                .orElseGet(() -> Requester.ofJob(name));
    }

    /** An item outside of builds: when it is indexed or polled, say. */
    public static Requester of(Item item) {
        if (item instanceof Job<?, ?> job && head(job).isPresent() && item.getParent() instanceof Item project) {
            return Requester.ofJob(project.getFullName());
        }
        // A combination of a matrix is a job of its own to Jenkins, which nobody would name in a rule.
        Item named = item instanceof AbstractProject<?, ?> project ? project.getRootProject() : item;
        return Requester.ofJob(named.getFullName());
    }

    /** What asks in a place outside of builds: a folder, or the controller itself. */
    public static Requester of(ItemGroup<?> place) {
        return place instanceof Item item ? of(item) : Requester.CONTROLLER;
    }

    private static Optional<SCMHead> head(Job<?, ?> job) {
        return Optional.ofNullable(SCMHead.HeadByItem.findHead(job));
    }
}
