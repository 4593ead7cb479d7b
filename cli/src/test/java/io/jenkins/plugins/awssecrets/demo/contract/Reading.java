package io.jenkins.plugins.awssecrets.demo.contract;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A source, read in few words. */
record Reading(SecretSource source) {
    static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }

    Locator locator(String name) {
        return new Locator(source.id(), name, Optional.empty());
    }

    Locator locator(String name, String version) {
        return new Locator(source.id(), name, Optional.of(version));
    }

    Map<Locator, Outcome> all(Collection<Locator> locators) {
        return source.fetch(locators, soon());
    }

    SecretPayload payload(Locator locator) {
        return payload(all(List.of(locator)), locator);
    }

    static SecretPayload payload(Map<Locator, Outcome> outcomes, Locator locator) {
        if (outcomes.get(locator) instanceof Outcome.Found found) {
            return found.payload();
        }
        throw ((Outcome.Failed) outcomes.get(locator)).why();
    }

    String text(String name) {
        return payload(locator(name)).value().reveal();
    }

    String text(String name, String version) {
        return payload(locator(name, version)).value().reveal();
    }

    /** Why a locator cannot be had. */
    SecretException failure(Locator locator) {
        try {
            payload(locator);
        } catch (SecretException e) {
            return e;
        }
        throw new AssertionError(locator + " was found");
    }

    List<SecretMetadata> list() {
        return source.list(soon());
    }

    SecretMetadata listed(String name) {
        return list().stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not listed"));
    }
}
