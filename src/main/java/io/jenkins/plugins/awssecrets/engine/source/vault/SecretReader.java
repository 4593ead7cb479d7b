package io.jenkins.plugins.awssecrets.engine.source.vault;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.reference.VaultMachinery;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.vault.Mount.Engine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one secret by the engine of its mount. */
final class SecretReader {
    private static final String DATA = "data/";

    /** Mounts have two or three segments; each guess is a request, and in Vault's audit log if it is denied. */
    private static final int MOST_GUESSED = 3;

    private final Mounts mounts;
    private final KvV2Reader versioned;
    private final PlainReader plain;

    SecretReader(Mounts mounts, KvV2Reader versioned, PlainReader plain) {
        this.mounts = mounts;
        this.versioned = versioned;
        this.plain = plain;
    }

    /**
     * @param since when the batch began: a mount that was known before may have changed
     * @throws SecretException why it cannot be had
     */
    SecretPayload read(Locator locator, Mount mount, Instant since, Deadline deadline) {
        if (mount.below(locator.name()).isEmpty()) {
            throw new SecretException(
                    Problem.MALFORMED,
                    locator.toString(),
                    "this is a mount, not a secret",
                    "use the path of a secret below it, as in " + mount.path() + "ci/db");
        }
        if (VaultMachinery.mayBeIn(mount.path() + "-")) {
            throw machinery(locator);
        }
        try {
            return by(mount, locator, deadline);
        } catch (SecretException e) {
            if (mount.engine() == Engine.KV2
                    && mount.below(locator.name()).startsWith(DATA)
                    && (e.problem() == Problem.NOT_FOUND || e.problem() == Problem.DENIED)) {
                throw apiPath(mount, locator);
            }
            if (e.problem() != Problem.NOT_FOUND || mount.engine() == Engine.UNKNOWN) {
                throw e;
            }
            // A mount that was upgraded from KV v1, or made anew, answers 404 to the other version's paths.
            Mount now = mounts.again(mount, locator.name(), since, deadline);
            if (now.engine() == mount.engine()) {
                throw e;
            }
            return by(now, locator, deadline);
        }
    }

    private SecretPayload by(Mount mount, Locator locator, Deadline deadline) {
        return switch (mount.engine()) {
            case KV2 -> versioned.read(mount, locator, deadline);
            case KV1, OTHER -> plain.read(mount, locator, deadline);
            case UNKNOWN -> find(mount, locator, deadline);
        };
    }

    /** Tries a KV v2 mount at the first segment, then the path as it is, then KV v2 mounts further down. */
    private SecretPayload find(Mount mount, Locator locator, Deadline deadline) {
        Attempts attempts = new Attempts(locator, mount);
        Optional<SecretPayload> found = guess(mount, attempts, deadline);
        if (found.isEmpty() && locator.version().isEmpty()) {
            if (VaultMachinery.mayBeIn(locator.name())) {
                // What Vault does not call a mount may be a namespace, and what follows its own API.
                throw machinery(locator);
            }
            found = attempts.of(() -> plain.read(mount, locator, deadline));
        }
        for (String deeper : attempts.isSettled() ? List.<String>of() : deeper(locator.name())) {
            found = found.isPresent()
                    ? found
                    : guess(new Mount(deeper, Engine.UNKNOWN, mount.detected()), attempts, deadline);
        }
        return found.orElseThrow(attempts::unfound);
    }

    private Optional<SecretPayload> guess(Mount unknown, Attempts attempts, Deadline deadline) {
        Mount guess = new Mount(unknown.path(), Engine.KV2, unknown.detected());
        Optional<SecretPayload> found = attempts.of(() -> versioned.read(guess, attempts.locator(), deadline));
        found.ifPresent(any -> mounts.learned(guess));
        return found;
    }

    /** Where a mount may end below the first segment. The secret itself is at least one segment. */
    private static List<String> deeper(String path) {
        List<String> deeper = new ArrayList<>();
        int slash = path.indexOf('/');
        while (deeper.size() < MOST_GUESSED && (slash = path.indexOf('/', slash + 1)) > 0) {
            deeper.add(path.substring(0, slash + 1));
        }
        return deeper;
    }

    /** The mount has no folder {@code data}: what was written is the path of Vault's API. */
    private static SecretException apiPath(Mount mount, Locator locator) {
        Reference meant = new Reference(
                locator.source(),
                mount.path() + mount.below(locator.name()).substring(DATA.length()),
                locator.version(),
                Optional.empty());
        return new SecretException(
                Problem.MALFORMED,
                locator.toString(),
                "'data/' after the mount " + mount.path() + " is of Vault's API, and no folder there has that name",
                "write " + meant + ", without data/");
    }

    private static SecretException machinery(Locator locator) {
        return new SecretException(
                Problem.REFUSED,
                locator.toString(),
                "this may be a path of Vault's own API (auth/, sys/, identity/, cubbyhole/), which is never read",
                "name a secret; below a namespace, set the source's namespace and leave it out of the path");
    }
}
