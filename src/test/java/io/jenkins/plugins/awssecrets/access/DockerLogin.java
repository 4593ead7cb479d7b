package io.jenkins.plugins.awssecrets.access;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.Builder;
import java.io.IOException;
import jenkins.tasks.SimpleBuildStep;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryEndpoint;
import org.kohsuke.stapler.DataBoundConstructor;

/** As Docker's plugins log in, with a program that takes every login in the place of {@code docker}. */
public final class DockerLogin extends Builder implements SimpleBuildStep {
    private final String id;

    @DataBoundConstructor
    public DockerLogin(String id) {
        this.id = id;
    }

    public String getId() {
        return id;
    }

    @Override
    public void perform(Run<?, ?> run, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener)
            throws IOException, InterruptedException {
        new DockerRegistryEndpoint("https://registry.example", id)
                .newKeyMaterialFactory(run, workspace, launcher, env, listener, "true")
                .materialize()
                .close();
    }
}
