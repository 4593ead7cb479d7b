package io.jenkins.plugins.awssecrets.cleanup;

import hudson.model.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A file in a build's directory that nobody needs when the build is over. */
final class BuildFile implements Remainder {
    private final String build;
    private final String name;

    /** @param name of a file directly in the directory */
    BuildFile(Run<?, ?> run, String name) {
        this.build = run.getExternalizableId();
        this.name = name;
    }

    @Override
    public void remove() throws IOException {
        Run<?, ?> run = Run.fromExternalizableId(build);
        if (run != null && Path.of(name).getNameCount() == 1) {
            Files.deleteIfExists(run.getRootDir().toPath().resolve(name));
        }
    }

    @Override
    public boolean lost(Duration age) {
        return Run.fromExternalizableId(build) == null;
    }

    @Override
    public String describe() {
        return "the encrypted secrets of " + build;
    }
}
