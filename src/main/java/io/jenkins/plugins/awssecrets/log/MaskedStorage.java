package io.jenkins.plugins.awssecrets.log;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.console.AnnotatedLargeText;
import hudson.model.BuildListener;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.log.FileLogStorage;
import org.jenkinsci.plugins.workflow.log.LogStorage;
import org.jenkinsci.plugins.workflow.log.LogStorageFactory;

/** The log of a Pipeline build, wherever it is kept: what agents write to it is masked when it arrives. */
final class MaskedStorage implements LogStorage {
    private final LogStorage storage;
    private final FlowExecutionOwner owner;

    private MaskedStorage(LogStorage storage, FlowExecutionOwner owner) {
        this.storage = storage;
        this.owner = owner;
    }

    @NonNull
    @Override
    public BuildListener overallListener() throws IOException, InterruptedException {
        return new MaskedListener(storage.overallListener(), mask(), "");
    }

    @NonNull
    @Override
    public TaskListener nodeListener(@NonNull FlowNode node) throws IOException, InterruptedException {
        return new MaskedListener(storage.nodeListener(node), mask(), node.getId());
    }

    /** Whether agents' output of a build is masked, which it is unless a plugin keeps logs of its own accord. */
    static boolean isOf(FlowExecutionOwner owner) {
        return LogStorage.of(owner) instanceof MaskedStorage;
    }

    private BuildMask mask() throws IOException {
        Queue.Executable build = owner.getExecutable();
        if (build instanceof Run<?, ?> run) {
            return new BuildMask(run);
        }
        throw new IOException(build + " has no log that AWS Secrets knows to mask");
    }

    @NonNull
    @Override
    public AnnotatedLargeText<FlowExecutionOwner.Executable> overallLog(
            @NonNull FlowExecutionOwner.Executable build, boolean complete) {
        return storage.overallLog(build, complete);
    }

    @NonNull
    @Override
    public AnnotatedLargeText<FlowNode> stepLog(@NonNull FlowNode node, boolean complete) {
        return storage.stepLog(node, complete);
    }

    @NonNull
    @Override
    @Deprecated
    public File getLogFile(@NonNull FlowExecutionOwner.Executable build, boolean complete) {
        return storage.getLogFile(build, complete);
    }

    /** Before all others, to stand in front of the one that would be used without it. */
    @Extension(ordinal = Integer.MAX_VALUE)
    public static final class Factory implements LogStorageFactory {
        @Override
        public LogStorage forBuild(@NonNull FlowExecutionOwner owner) {
            return new MaskedStorage(kept(owner), owner);
        }

        private LogStorage kept(FlowExecutionOwner owner) {
            return ExtensionList.lookup(LogStorageFactory.class).stream()
                    .filter(factory -> factory != this)
                    .map(factory -> factory.forBuild(owner))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseGet(() -> inItsDirectory(owner));
        }

        /** As {@link LogStorage#of} does where no plugin keeps logs elsewhere. */
        private static LogStorage inItsDirectory(FlowExecutionOwner owner) {
            try {
                return FileLogStorage.forFile(new File(owner.getRootDir(), "log"));
            } catch (IOException e) {
                throw new UncheckedIOException("no directory for the log of " + owner, e);
            }
        }
    }
}
