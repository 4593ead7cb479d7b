package io.jenkins.plugins.awssecrets.log;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.model.Run;
import hudson.remoting.Channel;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awssecrets.builds.BuildSecrets;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.JenkinsJVM;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;

/**
 * Says which build's secrets are to be hidden. Its serial form on disk is the build's name alone, and to an agent goes
 * {@link OnAgent}: neither holds a value.
 */
final class BuildMask implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(BuildMask.class.getName());

    private final String build;

    // Not looked up by its name where it is known: the log of a build is opened while the build is being loaded.
    @SuppressFBWarnings(value = "SE_TRANSIENT_FIELD_NOT_RESTORED", justification = "looked up by its name then")
    private final transient Run<?, ?> run;

    BuildMask(Run<?, ?> run) {
        this.run = run;
        this.build = run.getExternalizableId();
    }

    /** Hides, in what is written to the result, all that the build was or will be given. */
    OutputStream decorate(OutputStream logger) {
        return secrets().map(secrets -> secrets.masked(logger)).orElse(logger);
    }

    /** Empty for a build that was deleted, which can be given no secrets any more. */
    Optional<BuildSecrets> secrets() {
        JenkinsJVM.checkJenkinsJVM();
        Run<?, ?> found = run == null ? find() : run;
        if (found == null) {
            LOGGER.log(Level.FINE, "{0} is gone", build);
        }
        return Optional.ofNullable(found).map(BuildSecrets::of);
    }

    /** Whoever the build runs as: one that may not read its job has its secrets hidden all the same. */
    private Run<?, ?> find() {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return Run.fromExternalizableId(build);
        }
    }

    private Object writeReplace() {
        if (Channel.current() == null) {
            return this;
        }
        boolean masked = (run == null ? find() : run) instanceof FlowExecutionOwner.Executable build
                && build.asFlowExecutionOwner() != null
                && MaskedStorage.isOf(build.asFlowExecutionOwner());
        return masked ? OnAgent.MASKED_ON_ARRIVAL : OnAgent.WITHHELD;
    }

    @Override
    public String toString() {
        return "BuildMask[" + build + "]";
    }
}
