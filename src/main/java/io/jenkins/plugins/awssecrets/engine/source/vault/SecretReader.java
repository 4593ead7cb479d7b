package io.jenkins.plugins.awssecrets.engine.source.vault;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Permission;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.reference.VaultMachinery;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.vault.Mount.Engine;
import java.time.Instant;
import java.util.Optional;

/** Reads one secret by the engine of its mount. */
final class SecretReader {
    static final String NAMESPACE =
            "Where the path begins with a namespace, set the source's namespace and leave it out of" + " the path";
    private static final String DATA = "data/";

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

    /** Tries a KV v2 mount at the first segment, then the path as it is. */
    private SecretPayload find(Mount mount, Locator locator, Deadline deadline) {
        SecretException first;
        try {
            Mount guess = new Mount(mount.path(), Engine.KV2, mount.detected());
            SecretPayload found = versioned.read(guess, locator, deadline);
            mounts.learned(guess);
            return found;
        } catch (SecretException e) {
            if (e.problem() != Problem.NOT_FOUND && e.problem() != Problem.DENIED && e.problem() != Problem.MALFORMED) {
                throw e;
            }
            first = e;
        }
        if (locator.version().isPresent()) {
            throw first;
        }
        if (VaultMachinery.mayBeIn(locator.name())) {
            // What Vault does not call a mount may be a namespace, and what follows its own API.
            throw machinery(locator);
        }
        try {
            return plain.read(mount, locator, deadline);
        } catch (SecretException e) {
            throw e.problem() == first.problem() || e.problem() == Problem.DENIED ? unfound(locator, mount, first) : e;
        }
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

    private static SecretException unfound(Locator locator, Mount mount, SecretException first) {
        SecretException unfound = new SecretException(
                first.problem(),
                locator.toString(),
                first.reason() + ", and Vault does not say which engine is mounted there",
                first.fix() + " (KV v2 mounted at " + mount.path() + ") or on " + locator.name()
                        + " (any other engine); check that the mount exists. " + NAMESPACE);
        return first.permission()
                .map(p -> unfound.lacking(new Permission(p.action(), p.resource() + " or " + locator.name())))
                .orElse(unfound);
    }
}
