package io.jenkins.plugins.awssecrets.config.trial;

import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.catalog.SourceLoans;
import io.jenkins.plugins.awssecrets.config.credentials.CredentialConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.SourceConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.SourcePlace;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.FieldValue;
import io.jenkins.plugins.awssecrets.engine.diagnosis.ValueReview;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.ResolvedCredential;
import io.jenkins.plugins.awssecrets.engine.resolve.Resolver;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.resolve.Sources;
import io.jenkins.plugins.awssecrets.engine.rules.SourceRules;
import io.jenkins.plugins.awssecrets.engine.source.LeasedSource;
import io.jenkins.plugins.awssecrets.engine.source.SecretPayload;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Fetches one credential as a build would, says where each field came from, and drops the values. */
final class CredentialTrial implements AutoCloseable {
    private final Map<String, SourceKind> kinds;
    private final List<SecretSource> own;
    private final Sources sources;
    private final ItemGroup<?> group;
    private final CatalogView above;

    /**
     * @param kinds of all sources that the form knows
     * @param typed the form's own sources
     * @param above what there is besides them
     */
    CredentialTrial(
            Map<String, SourceKind> kinds, List<SourceConfiguration> typed, SourcePlace place, CatalogView above) {
        this.kinds = kinds;
        this.group = place.group();
        this.above = above;
        this.own = typed.stream()
                .map(source -> source.toSource(true, place).open().get())
                .toList();
        Map<String, SecretSource> all = new LinkedHashMap<>();
        own.forEach(source -> all.putIfAbsent(source.id(), source));
        kinds.keySet().forEach(id -> above.source(id).ifPresent(source -> all.putIfAbsent(id, source)));
        this.sources = new Sources(all.values());
    }

    List<FormValidation> run(CredentialConfiguration typed, Deadline deadline) {
        CredentialDefinition definition =
                typed.toDeclared(new DefinitionParser(kinds)).definition();
        definition.references().forEach(this::admit);
        Snapshot snapshot = new Resolver(sources, Catalog.get().executor()).resolve(definition.references(), deadline);
        List<FormValidation> lines = new ArrayList<>();
        try {
            ResolvedCredential resolved = ResolvedCredential.of(definition, snapshot);
            definition.fields().forEach((field, from) -> {
                if (resolved.value(field).isPresent()) {
                    lines.add(FormValidation.ok(field + ": " + origin(from, snapshot)));
                }
            });
            ValueReview.of(resolved).forEach(found -> lines.add(FormValidation.warning(found.message())));
            definition
                    .kind()
                    .remarks(resolved, Instant.now())
                    .forEach(remark -> lines.add(FormValidation.warning(remark.getMessage())));
        } finally {
            revoke(snapshot, deadline).ifPresent(lines::add);
        }
        return lines;
    }

    /** Who configures a folder is not who configures a source above it: there, the source's rules decide. */
    private void admit(Reference reference) {
        String id = reference.source();
        boolean typed = own.stream().anyMatch(source -> source.id().equals(id));
        if (typed || group instanceof Jenkins || !above.kinds().containsKey(id)) {
            return;
        }
        SourceRules rules = new SourceRules(
                id,
                above.kinds().get(id),
                above.placeOf(id),
                above.allow(id),
                Catalog.get().reserved());
        boolean lent = rules.place().isEmpty() && SourceLoans.lent(id, group);
        (lent ? rules.lent() : rules).trial(group.getFullName(), reference).enforce();
    }

    private static String origin(FieldValue from, Snapshot snapshot) {
        if (from instanceof FieldValue.Referenced referenced) {
            return told(referenced.reference(), "", snapshot);
        }
        return from instanceof FieldValue.Member member ? told(member.from(), "in ", snapshot) : "as filled in";
    }

    private static String told(Reference reference, String part, Snapshot snapshot) {
        SecretPayload payload = snapshot.payload(reference);
        StringBuilder told = new StringBuilder(part).append(reference);
        payload.version().ifPresent(version -> told.append(", version ").append(version));
        if (!payload.stages().isEmpty()) {
            told.append(" (").append(String.join(", ", payload.stages())).append(')');
        }
        payload.changed().ifPresent(changed -> told.append(", of ").append(changed.truncatedTo(ChronoUnit.SECONDS)));
        payload.lease().ifPresent(lease -> told.append(", ").append(lease).append(", revoked again"));
        return told.toString();
    }

    /** A dynamic secret that nobody is to use does not live on. */
    private Optional<FormValidation> revoke(Snapshot snapshot, Deadline deadline) {
        List<String> failures = new ArrayList<>();
        snapshot.payloads().forEach((locator, payload) -> payload.lease().ifPresent(lease -> {
            try {
                if (sources.find(locator.source()).orElseThrow() instanceof LeasedSource leased) {
                    leased.revoke(lease, deadline);
                }
            } catch (SecretException e) {
                failures.add(e.getMessage());
            }
        }));
        return failures.isEmpty()
                ? Optional.empty()
                : Optional.of(FormValidation.warning("Something was not revoked: " + failures.get(0)));
    }

    /** Closes the form's own sources; those above stay open. */
    @Override
    public void close() {
        own.forEach(SecretSource::close);
    }
}
