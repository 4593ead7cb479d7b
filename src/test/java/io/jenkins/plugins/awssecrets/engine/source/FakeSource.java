package io.jenkins.plugins.awssecrets.engine.source;

import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A source in memory that keeps what it was asked for. */
public class FakeSource implements SecretSource {
    private final String id;
    private final SourceKind kind;
    private final Map<String, SecretPayload> payloads = new LinkedHashMap<>();
    public final List<Set<Locator>> batches = new ArrayList<>();
    public boolean closed;

    public FakeSource(String id, SourceKind kind) {
        this.id = id;
        this.kind = kind;
    }

    public FakeSource with(String name, String value) {
        return with(name, SecretPayload.text(SecretValue.of(value), Optional.of("1")));
    }

    public FakeSource with(String name, SecretPayload payload) {
        payloads.put(name, payload);
        return this;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public SourceKind kind() {
        return kind;
    }

    @Override
    public Map<Locator, Outcome> fetch(Collection<Locator> locators, Deadline deadline) {
        batches.add(Set.copyOf(locators));
        Map<Locator, Outcome> outcomes = new LinkedHashMap<>();
        for (Locator locator : locators) {
            SecretPayload payload = payloads.get(locator.version()
                    .map(v -> locator.name() + "@" + v)
                    .filter(payloads::containsKey)
                    .orElse(locator.name()));
            outcomes.put(
                    locator,
                    payload != null
                            ? new Outcome.Found(payload)
                            : new Outcome.Failed(new SecretException(
                                    Problem.NOT_FOUND, locator.toString(), "no such secret", "create it")));
        }
        return outcomes;
    }

    @Override
    public List<SecretMetadata> list(Deadline deadline) {
        return List.of();
    }

    @Override
    public List<SourceCheck> check(Deadline deadline) {
        return List.of();
    }

    @Override
    public void close() {
        closed = true;
    }
}
