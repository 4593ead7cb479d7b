package io.jenkins.plugins.awssecrets.engine.consumers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A repository with one file, which git clones over ssh. */
public final class GitRepository {
    private final Path directory;

    private GitRepository(Path directory) {
        this.directory = directory;
    }

    /** Skips the test where one of the programs is not installed. */
    public static void need() {
        Tool.need("ssh", "ssh-keygen", "git", "sshd");
    }

    public static GitRepository make(Path parent) throws IOException, InterruptedException {
        Path directory = Files.createDirectory(parent.resolve("repository"));
        Tool.run(directory, Map.of(), "git", "init", "-q", "-b", "main");
        Files.writeString(directory.resolve("README"), "cloned\n");
        Tool.run(directory, Map.of(), "git", "add", "README");
        Tool.run(
                directory,
                Map.of(),
                "git",
                "-c",
                "user.name=ci",
                "-c",
                "user.email=ci@example",
                "commit",
                "-qm",
                "First");
        return new GitRepository(directory);
    }

    /** Shell lines that clone it with an {@code sshKey} of the prefix {@code K}, and print {@code cloned}. */
    public String clone(SshServer server, Path into) {
        return "export HOME=" + directory.getParent() + " GIT_SSH_COMMAND=\"ssh -F none -i '$K_KEY_FILE' -p "
                + server.port() + " -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=no"
                + " -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR\"; git clone -q ssh://$K_USERNAME@127.0.0.1"
                + directory + " " + into + " && cat " + into.resolve("README");
    }
}
