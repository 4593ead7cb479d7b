package io.jenkins.plugins.awssecrets.access;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import io.jenkins.plugins.awssecrets.step.AwsSecretsWrapper;
import io.jenkins.plugins.awssecrets.step.binding.UsernamePasswordBinding;
import java.util.List;
import org.jenkinsci.plugins.credentialsbinding.impl.UsernamePasswordMultiBinding;
import org.jvnet.hudson.test.TestBuilder;

/** What jobs that are no Pipelines do. */
public final class FiveWays extends TestBuilder {
    private final int rules;
    private final String repository;

    /** @param rules how many credentials are tried */
    FiveWays(int rules, String repository) {
        this.rules = rules;
        this.repository = repository;
    }

    private interface Way {
        void go() throws Exception;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException {
        for (int i = 0; i < rules; i++) {
            String id = "r" + i;
            tried("step " + id, listener, () -> new AwsSecretsWrapper(List.of(new UsernamePasswordBinding(id)))
                    .setUp(build, launcher, listener));
            Way binding = () -> new UsernamePasswordMultiBinding("U", "P", id)
                    .bind(build, build.getWorkspace(), launcher, listener);
            tried("withCredentials " + id, listener, binding);
            // The nearest thing that such a job has.
            tried("environment " + id, listener, binding);
            tried("checkout " + id, listener, () -> new GitSCM(
                            List.of(new UserRemoteConfig(repository, "origin", null, id)),
                            List.of(new BranchSpec("main")),
                            null,
                            null,
                            List.of())
                    .checkout(build, launcher, build.getWorkspace(), listener, null, null));
            tried("docker " + id, listener, () -> new DockerLogin(id).perform(build, launcher, listener));
        }
        return true;
    }

    private static void tried(String what, BuildListener listener, Way way) throws InterruptedException {
        try {
            way.go();
            listener.getLogger().println(what + " allowed");
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            listener.getLogger().println(what + " refused " + e.getMessage());
        }
    }
}
