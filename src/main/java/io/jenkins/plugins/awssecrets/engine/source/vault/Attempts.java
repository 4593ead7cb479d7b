package io.jenkins.plugins.awssecrets.engine.source.vault;

import io.jenkins.plugins.awssecrets.engine.Permission;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The reads of one secret whose mount Vault does not tell, and what they come to when all of them fail. */
final class Attempts {
    static final String NAMESPACE =
            "Where the path begins with a namespace, set the source's namespace and leave it out of the path";

    private static final Set<Problem> OF_THE_PATH = EnumSet.of(Problem.NOT_FOUND, Problem.DENIED, Problem.MALFORMED);

    private final Locator locator;
    private final Mount guessed;
    private final List<SecretException> failures = new ArrayList<>();

    /** @param guessed the first segment, as a mount */
    Attempts(Locator locator, Mount guessed) {
        this.locator = locator;
        this.guessed = guessed;
    }

    Locator locator() {
        return locator;
    }

    /**
     * One of them.
     *
     * @throws SecretException that no other path would mend
     */
    Optional<SecretPayload> of(Supplier<SecretPayload> read) {
        try {
            return Optional.of(read.get());
        } catch (SecretException e) {
            if (!OF_THE_PATH.contains(e.problem())) {
                throw e;
            }
            failures.add(e);
            return Optional.empty();
        }
    }

    /** Whether Vault said that nothing is mounted here, so that further guesses are in vain. */
    boolean isSettled() {
        return failures.stream().anyMatch(NoRoute.class::isInstance);
    }

    SecretException unfound() {
        Optional<NoRoute> none = failures.stream()
                .filter(NoRoute.class::isInstance)
                .map(NoRoute.class::cast)
                .filter(NoRoute::isOfNamespace)
                .findFirst();
        if (none.isPresent() || failures.stream().allMatch(NoRoute.class::isInstance)) {
            return none.<SecretException>map(e -> e).orElseGet(() -> failures.get(0));
        }
        SecretException first = failures.get(0);
        Optional<SecretException> plain = failures.stream().skip(1).findFirst();
        boolean other = plain.filter(e -> e.problem() != first.problem() && e.problem() != Problem.DENIED)
                .isPresent();
        if (other) {
            return plain.get();
        }
        SecretException unfound = new SecretException(
                first.problem(),
                locator.toString(),
                first.reason() + ", and Vault does not say which engine is mounted there",
                (first.problem() == Problem.DENIED
                                ? first.fix() + " (KV v2 mounted at " + guessed.path() + ") or on " + locator.name()
                                        + " (any other engine); name"
                                : first.fix() + ". Where the mount is not " + guessed.path() + ", name")
                        + " the mount and its engine in the source's mounts. " + NAMESPACE);
        return first.permission()
                .map(p -> unfound.lacking(new Permission(p.action(), p.resource() + " or " + locator.name())))
                .orElse(unfound);
    }
}
