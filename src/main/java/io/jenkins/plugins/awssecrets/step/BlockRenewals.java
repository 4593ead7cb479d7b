package io.jenkins.plugins.awssecrets.step;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.binding.Renewal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jenkins.util.Timer;

/**
 * The running blocks whose credentials end before they do: gives each its alarms, and later steps the variables of now.
 * Safe for use by several threads.
 */
@Extension
public final class BlockRenewals {
    private static final Duration AGAIN = Duration.ofMinutes(1);

    /** What the block's variables are by now; as long as a block is here, it is renewed. */
    private final Map<String, Map<String, String>> blocks = new ConcurrentHashMap<>();

    static BlockRenewals get() {
        return ExtensionList.lookupSingleton(BlockRenewals.class);
    }

    /** Begins to renew a block that was entered just now. */
    void begin(String block, Renewal renewal) {
        renewal.due().ifPresent(due -> {
            blocks.put(block, Map.of());
            later(block, due, () -> renew(block, renewal));
        });
    }

    /**
     * Goes on with a block after a restart, at once.
     *
     * @param renewal makes the block's files good first; blocks on the network and the agent
     * @param report takes why it could not, once
     */
    void resume(String block, Supplier<Renewal> renewal, Consumer<SecretException> report) {
        blocks.put(block, Map.of());
        later(block, Instant.now(), () -> resumed(block, renewal, report));
    }

    private void resumed(String block, Supplier<Renewal> renewal, Consumer<SecretException> report) {
        try {
            Renewal begun = renewal.get();
            begun.due().ifPresent(due -> later(block, due, () -> renew(block, begun)));
        } catch (SecretException e) {
            report.accept(e);
            later(block, Instant.now().plus(AGAIN), () -> resumed(block, renewal, why -> {}));
        }
    }

    private void renew(String block, Renewal renewal) {
        later(block, renewal.renew(), () -> renew(block, renewal));
    }

    private void later(String block, Instant due, Runnable task) {
        Timer.get()
                .schedule(
                        () -> Catalog.get().executor().execute(() -> {
                            if (blocks.containsKey(block)) {
                                task.run();
                            }
                        }),
                        Math.max(0, Duration.between(Instant.now(), due).toMillis()),
                        TimeUnit.MILLISECONDS);
    }

    /** What the steps that begin from now on get. */
    void variables(String block, Map<String, String> renewed) {
        blocks.computeIfPresent(block, (id, before) -> Map.copyOf(renewed));
    }

    /** The variables that were renewed; none where nothing was. */
    Map<String, String> variables(String block) {
        return Optional.ofNullable(blocks.get(block)).orElse(Map.of());
    }

    boolean isRenewed(String block) {
        return blocks.containsKey(block);
    }

    void end(String block) {
        blocks.remove(block);
    }
}
