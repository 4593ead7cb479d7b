package io.jenkins.plugins.awssecrets.catalog;

import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.rules.AllowList;
import io.jenkins.plugins.awssecrets.engine.rules.NamePattern;
import io.jenkins.plugins.awssecrets.engine.rules.Rule;
import io.jenkins.plugins.awssecrets.engine.rules.RuleParser;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rules of one place as they were at one time, as texts, so that they can be stored. Names and patterns, no values.
 *
 * @param place full name of the folder; empty for Jenkins itself
 * @param sources by their ids
 * @param credentials declared ones, by their ids
 * @param lent ids of the sources of Jenkins whose names the folder's credentials may all take
 */
public record PlaceRules(
        String place,
        SortedMap<String, OfSource> sources,
        SortedMap<String, OfCredential> credentials,
        SortedSet<String> lent) {
    public PlaceRules {
        sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
        credentials = Collections.unmodifiableSortedMap(new TreeMap<>(credentials));
        lent = Collections.unmodifiableSortedSet(new TreeSet<>(lent));
    }

    /** A rule as it is written. */
    public record Written(List<String> names, List<String> jobs, List<String> branches, Boolean changeRequests) {
        public Written {
            names = List.copyOf(names);
            jobs = List.copyOf(jobs);
            branches = List.copyOf(branches);
        }

        private static Written of(Rule rule) {
            return new Written(
                    texts(rule.names()),
                    texts(rule.jobs()),
                    texts(rule.branches()),
                    rule.changeRequests().orElse(null));
        }

        private static List<Written> all(AllowList allow) {
            return allow.rules().stream().map(Written::of).toList();
        }

        private static List<String> texts(List<NamePattern> patterns) {
            return patterns.stream().map(NamePattern::toString).toList();
        }
    }

    /** @param leads what tells the source from one that is configured otherwise, its rules aside */
    public record OfSource(SourceKind kind, String leads, List<Written> allow) {
        public OfSource {
            allow = List.copyOf(allow);
        }

        static OfSource of(LevelDefinition.Source source) {
            return new OfSource(source.kind(), source.identity(), Written.all(source.allow()));
        }

        /** Whether a name in it means what it means in the other one. */
        public boolean leadsWhere(OfSource other) {
            return kind == other.kind && leads.equals(other.leads);
        }

        public AllowList rules() {
            return new AllowList(allow.stream()
                    .map(rule -> RuleParser.forSource(
                            kind, rule.names, rule.jobs, rule.branches, Optional.ofNullable(rule.changeRequests)))
                    .toList());
        }
    }

    /** @param reads the references that it takes */
    public record OfCredential(SortedSet<String> reads, List<Written> allow) {
        public OfCredential {
            reads = Collections.unmodifiableSortedSet(new TreeSet<>(reads));
            allow = List.copyOf(allow);
        }

        static OfCredential of(CatalogEntry entry) {
            return new OfCredential(texts(entry.definition().references()), Written.all(entry.allow()));
        }

        /** Whether it read the same. */
        public boolean reads(Collection<Reference> references) {
            return reads.equals(texts(references));
        }

        private static SortedSet<String> texts(Collection<Reference> references) {
            SortedSet<String> texts = new TreeSet<>();
            references.forEach(reference -> texts.add(reference.toString()));
            return texts;
        }

        public AllowList rules() {
            return new AllowList(allow.stream()
                    .map(rule -> RuleParser.forCredential(
                            rule.jobs, rule.branches, Optional.ofNullable(rule.changeRequests)))
                    .toList());
        }
    }

    static PlaceRules of(
            String place, List<LevelDefinition.Source> sources, Map<String, CatalogEntry> declared, Set<String> lent) {
        SortedMap<String, OfSource> ofSources = new TreeMap<>();
        sources.forEach(source -> ofSources.putIfAbsent(source.id(), OfSource.of(source)));
        SortedMap<String, OfCredential> ofCredentials = new TreeMap<>();
        declared.forEach((id, entry) -> ofCredentials.put(id, OfCredential.of(entry)));
        return new PlaceRules(place, ofSources, ofCredentials, new TreeSet<>(lent));
    }
}
