package io.jenkins.plugins.awssecrets.cleanup;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.time.Duration;
import jenkins.model.Jenkins;

/** A directory of private files on an agent. */
final class PrivateDirectory implements Remainder {
    static final String PREFIX = "aws-secrets-";

    private final String node;
    private final String path;

    /** @param node the agent's name; empty for the controller */
    PrivateDirectory(String node, String path) {
        this.node = node;
        this.path = path;
    }

    boolean isOn(String name) {
        return node.equals(name);
    }

    /** @throws IOException when the agent is not connected, or the path is not one of ours */
    FilePath path() throws IOException {
        Computer computer = Jenkins.get().getComputer(node);
        VirtualChannel channel = computer == null ? null : computer.getChannel();
        if (channel == null) {
            throw new IOException("the agent is not connected");
        }
        FilePath directory = new FilePath(channel, path);
        if (!directory.getName().startsWith(PREFIX)) {
            throw new IOException("no directory of private files");
        }
        return directory;
    }

    @Override
    public void remove() throws IOException, InterruptedException {
        path().deleteRecursive();
    }

    @Override
    public boolean lost(Duration age) {
        return !node.isEmpty() && Jenkins.get().getNode(node) == null;
    }

    @Override
    public String describe() {
        return "the private files in " + path + (node.isEmpty() ? "" : " on " + node);
    }
}
