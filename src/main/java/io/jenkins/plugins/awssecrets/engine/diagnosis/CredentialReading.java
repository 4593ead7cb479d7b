package io.jenkins.plugins.awssecrets.engine.diagnosis;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.FieldValue;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolvedCredential;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Outcome;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads credentials field by field, so that each field's own failure is told where a build is told the first. */
final class CredentialReading {
    private final Map<Locator, SecretPayload> payloads = new LinkedHashMap<>();
    private final Instant now;
    private final Predicate<String> usable;
    private final Map<Locator, SecretException> failures = new LinkedHashMap<>();

    /** @param usable tells whether a source is of use at all, by its id */
    CredentialReading(Map<Locator, Outcome> outcomes, Instant now, Predicate<String> usable) {
        this.now = now;
        this.usable = usable;
        outcomes.forEach((locator, outcome) -> {
            if (outcome instanceof Outcome.Found found) {
                payloads.put(locator, found.payload());
            } else if (outcome instanceof Outcome.Failed failed) {
                failures.put(locator, failed.why());
            }
        });
    }

    Map<Locator, SecretException> failures() {
        return failures;
    }

    /** @param values names of the fields that were read */
    record Result(List<String> values, List<Finding> findings) {}

    Result read(CredentialDefinition credential, CauseFinder causes) {
        Snapshot snapshot = new Snapshot(payloads);
        List<String> values = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        Set<Locator> told = new LinkedHashSet<>();
        credential.fields().forEach((name, from) -> {
            Optional<Locator> locator = locator(from);
            Optional<SecretException> unread = locator.map(failures::get);
            if (unread.isPresent()) {
                if (told.add(locator.get())) {
                    Finding finding = causes.of(locator.get(), unread.get());
                    findings.add(isForBuilds(locator.get(), unread.get()) ? finding.as(Severity.NOTE) : finding);
                }
                return;
            }
            try {
                // A whole of its own, because reading a whole one ends at its first failure.
                CredentialDefinition field = new CredentialDefinition(
                        credential.id(),
                        credential.kind(),
                        credential.description(),
                        Map.of(name, from),
                        credential.allowEmpty());
                values.addAll(
                        ResolvedCredential.stored(field, snapshot).values().keySet());
            } catch (SecretException e) {
                findings.add(locator.map(l -> causes.of(l, e)).orElseThrow(() -> e));
            }
        });
        if (findings.isEmpty()) {
            findings.addAll(suitability(credential, snapshot, causes));
        }
        return new Result(values, findings);
    }

    /** A source that is in order and refuses reads has builds read as themselves: nobody else can try it. */
    private boolean isForBuilds(Locator locator, SecretException why) {
        return why.problem() == Problem.REFUSED && usable.test(locator.source());
    }

    /** Whether the values are what their fields are for: keys that are keys, stores that open. */
    private List<Finding> suitability(CredentialDefinition credential, Snapshot snapshot, CauseFinder causes) {
        try {
            ResolvedCredential resolved = ResolvedCredential.of(credential, snapshot);
            List<Finding> findings = new ArrayList<>(ValueReview.of(resolved));
            credential
                    .kind()
                    .remarks(resolved, now)
                    .forEach(remark -> findings.add(causes.of(credential, remark, Severity.WARNING)
                            .about(ResolvedCredential.place(credential, remark.subject()))));
            return findings;
        } catch (SecretException e) {
            return List.of(causes.of(credential, e, Severity.FAILED));
        }
    }

    static Optional<Locator> locator(FieldValue from) {
        if (from instanceof FieldValue.Referenced referenced) {
            return Optional.of(referenced.reference().locator());
        }
        return from instanceof FieldValue.Member member
                ? Optional.of(member.from().locator())
                : Optional.empty();
    }

    /** What a source that gave no answer for a locator is said to have done. */
    static SecretException unanswered(Locator locator) {
        return new SecretException(
                Problem.INTERNAL,
                locator.toString(),
                "the source returned no result for it",
                "report this as a defect");
    }
}
