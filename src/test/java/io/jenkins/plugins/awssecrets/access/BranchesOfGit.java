package io.jenkins.plugins.awssecrets.access;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.TaskListener;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.scm.SCM;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMHeadObserver;
import jenkins.scm.api.SCMHeadOrigin;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.SCMSourceCriteria;
import jenkins.scm.api.SCMSourceDescriptor;
import jenkins.scm.api.mixin.ChangeRequestCheckoutStrategy;
import jenkins.scm.api.mixin.ChangeRequestSCMHead2;
import jenkins.scm.api.mixin.TagSCMHead;
import org.jvnet.hudson.test.TestExtension;

/**
 * Branches, tags and pull requests as the plugins of code hosts make them, all of one repository of git: {@code main},
 * {@code release/1.0}, the tag {@code v1.0}, {@code PR-1} of the repository itself and {@code PR-2} of a fork.
 */
public final class BranchesOfGit extends SCMSource {
    private final String repository;
    private final List<SCMHead> heads;

    BranchesOfGit(String repository) {
        this(repository, heads());
    }

    BranchesOfGit(String repository, List<SCMHead> heads) {
        this.repository = repository;
        this.heads = new ArrayList<>(heads);
        setId("code-host");
    }

    static List<SCMHead> heads() {
        return List.of(
                new SCMHead("main"),
                new SCMHead("release/1.0"),
                new Tag("v1.0"),
                new PullRequest("PR-1", SCMHeadOrigin.DEFAULT),
                new PullRequest("PR-2", new SCMHeadOrigin.Fork("somebody")));
    }

    @Override
    protected void retrieve(
            SCMSourceCriteria criteria,
            @NonNull SCMHeadObserver observer,
            SCMHeadEvent<?> event,
            @NonNull TaskListener listener)
            throws IOException, InterruptedException {
        for (SCMHead head : heads) {
            observer.observe(head, new Revision(head));
        }
    }

    @NonNull
    @Override
    public SCM build(@NonNull SCMHead head, SCMRevision revision) {
        return new GitSCM(
                List.of(new UserRemoteConfig(repository, "origin", null, null)),
                List.of(new BranchSpec("main")),
                null,
                null,
                List.of());
    }

    static final class Tag extends SCMHead implements TagSCMHead {
        private static final long serialVersionUID = 1L;

        Tag(String name) {
            super(name);
        }

        @Override
        public long getTimestamp() {
            return System.currentTimeMillis();
        }
    }

    static final class PullRequest extends SCMHead implements ChangeRequestSCMHead2 {
        private static final long serialVersionUID = 1L;

        private final SCMHeadOrigin origin;

        PullRequest(String name, SCMHeadOrigin origin) {
            super(name);
            this.origin = origin;
        }

        @NonNull
        @Override
        public SCMHeadOrigin getOrigin() {
            return origin;
        }

        @NonNull
        @Override
        public ChangeRequestCheckoutStrategy getCheckoutStrategy() {
            return ChangeRequestCheckoutStrategy.MERGE;
        }

        /** A fork's branch may well have this name. */
        @NonNull
        @Override
        public String getOriginName() {
            return "main";
        }

        @NonNull
        @Override
        public String getId() {
            return getName();
        }

        @NonNull
        @Override
        public SCMHead getTarget() {
            return new SCMHead("main");
        }
    }

    static final class Revision extends SCMRevision {
        private static final long serialVersionUID = 1L;

        Revision(SCMHead head) {
            super(head);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Revision that && getHead().equals(that.getHead());
        }

        @Override
        public int hashCode() {
            return getHead().hashCode();
        }
    }

    /** As sources have one. */
    @TestExtension
    public static final class DescriptorImpl extends SCMSourceDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return "Branches of git";
        }
    }
}
