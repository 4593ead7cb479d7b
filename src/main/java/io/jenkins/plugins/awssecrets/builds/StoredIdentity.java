package io.jenkins.plugins.awssecrets.builds;

import hudson.XmlFile;
import hudson.model.Items;
import hudson.model.Run;
import io.jenkins.plugins.awssecrets.cleanup.Remainders;
import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Who a build was when it began, kept in its directory from when its job is renamed or moved until it ends: a restart
 * alone would give it the names of now. Holds names and a number, nothing secret.
 */
final class StoredIdentity {
    static final String FILE = "aws-secrets-identity.xml";

    private static final Logger LOGGER = Logger.getLogger(StoredIdentity.class.getName());

    /** What no job is called and fits no role, policy or tag: who is not known is refused, not taken for another. */
    private static final String UNKNOWN = "?";

    private final String controller;
    private final String job;
    private final String branch;
    private final String run;
    private final int number;

    private StoredIdentity(BuildIdentity build) {
        controller = build.controller();
        job = build.job();
        branch = build.branch().orElse(null);
        run = build.run();
        number = build.number();
    }

    /** When this returns, it is in the build's directory. */
    static void write(Run<?, ?> run, BuildIdentity build) throws IOException {
        Remainders.get().file(run, FILE);
        xml(run).write(new StoredIdentity(build));
    }

    /** Who the build was when it began; who it is now where its job has the same name still. */
    static BuildIdentity of(Run<?, ?> run) {
        BuildIdentity now = BuildIdentities.of(run);
        if (!Files.exists(file(run))) {
            return now;
        }
        return read(run).map(stored -> stored.with(now)).orElseGet(() -> unknown(now));
    }

    static void delete(Run<?, ?> run) throws IOException {
        Files.deleteIfExists(file(run));
    }

    private BuildIdentity with(BuildIdentity now) {
        return new BuildIdentity(controller, job, Optional.ofNullable(branch), run, number, now.idTokens());
    }

    private static BuildIdentity unknown(BuildIdentity now) {
        return new BuildIdentity(
                now.controller(), UNKNOWN, Optional.of(UNKNOWN), UNKNOWN, now.number(), now.idTokens());
    }

    private static Optional<StoredIdentity> read(Run<?, ?> run) {
        try {
            return Optional.of((StoredIdentity) xml(run).read());
        } catch (IOException | RuntimeException e) {
            LOGGER.log(
                    Level.SEVERE,
                    "Who {0} was when it began cannot be read from its directory ({1}): roles, policies and session"
                            + " tags that name its job are refused",
                    new Object[] {run, e.getClass().getSimpleName()});
            return Optional.empty();
        }
    }

    private static XmlFile xml(Run<?, ?> run) {
        return new XmlFile(Items.XSTREAM2, file(run).toFile());
    }

    private static Path file(Run<?, ?> run) {
        return run.getRootDir().toPath().resolve(FILE);
    }
}
