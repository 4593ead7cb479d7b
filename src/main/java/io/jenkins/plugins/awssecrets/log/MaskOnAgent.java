package io.jenkins.plugins.awssecrets.log;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.remoting.Channel;
import io.jenkins.plugins.awssecrets.engine.masking.Masker;
import io.jenkins.plugins.awssecrets.engine.masking.MaskingOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.List;

/**
 * Masks on an agent. What arrives there with a step's listener holds no secret: they are asked for when the first byte
 * is about to be written, sealed for this agent alone, and each that the build is given later follows.
 */
final class MaskOnAgent implements Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressFBWarnings(value = "SE_BAD_FIELD", justification = "a proxy, which remoting serialises")
    private final MaskFeed feed;

    // Known while this is read only: the thread that writes to the log later has none.
    private transient Channel controller;

    private MaskOnAgent(MaskFeed feed) {
        this.feed = feed;
    }

    static MaskOnAgent fedBy(MaskFeed feed, Channel to) {
        return new MaskOnAgent(to.export(MaskFeed.class, feed));
    }

    OutputStream decorate(OutputStream logger) {
        SealedSecrets.Key key = SealedSecrets.Key.generate();
        Masker masker = Masker.of(List.of());
        // The controller holds the learner until the build ends, and a build has many steps.
        WeakReference<Masker> used = new WeakReference<>(masker);
        MaskFeed.Learner learner = message -> learn(used.get(), key, message);
        feed.subscribe(key.publicKey(), controller.export(MaskFeed.Learner.class, learner));
        return new MaskingOutputStream(logger, masker);
    }

    private static boolean learn(@CheckForNull Masker masker, SealedSecrets.Key key, byte[] message) {
        if (masker == null) {
            return false;
        }
        masker.add(key.open(message));
        return true;
    }

    private Object readResolve() {
        controller = Channel.current();
        return this;
    }
}
