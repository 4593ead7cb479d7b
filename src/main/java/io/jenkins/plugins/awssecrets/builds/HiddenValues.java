package io.jenkins.plugins.awssecrets.builds;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.masking.CompiledSets;
import io.jenkins.plugins.awssecrets.engine.masking.Masker;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is masked in one build's log. Safe for use by several threads. */
final class HiddenValues {
    private final Set<SecretValue> values = new LinkedHashSet<>();
    private final Masker masker;

    /** @param compiled what the builds of this controller share */
    HiddenValues(CompiledSets compiled) {
        masker = Masker.of(List.of(), compiled);
    }

    Masker masker() {
        return masker;
    }

    boolean isEmpty() {
        synchronized (values) {
            return values.isEmpty();
        }
    }

    /**
     * Hides them from now on.
     *
     * @return those that were not hidden before
     */
    List<SecretValue> add(Collection<SecretValue> more) {
        List<SecretValue> added = unknown(more);
        if (added.isEmpty()) {
            return added;
        }
        // First: who comes second must not use a value before it is hidden.
        masker.add(added);
        synchronized (values) {
            return added.stream().filter(values::add).toList();
        }
    }

    private List<SecretValue> unknown(Collection<SecretValue> more) {
        synchronized (values) {
            return more.stream()
                    .distinct()
                    .filter(value -> !values.contains(value))
                    .toList();
        }
    }
}
