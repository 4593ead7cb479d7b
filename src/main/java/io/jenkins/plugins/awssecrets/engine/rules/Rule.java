package io.jenkins.plugins.awssecrets.engine.rules;

import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One entry of an {@code allow} list: all that it says must hold.
 *
 * @param names of a source that a direct reference may name; empty in the rule of a credential
 * @param jobs full names of jobs; empty for any job
 * @param branches names of branches and tags; empty for any, and for jobs without one
 * @param changeRequests whether builds of change requests match; left out, they do where {@code branches} is empty
 */
public record Rule(
        List<NamePattern> names, List<NamePattern> jobs, List<NamePattern> branches, Optional<Boolean> changeRequests) {
    /** What a pattern of {@code names} may hold in {@code ${...}}. */
    public static final List<String> VARIABLES = List.of("folder", "job");

    private static final String ARN = "arn:";

    public Rule {
        names = List.copyOf(names);
        jobs = List.copyOf(jobs);
        branches = List.copyOf(branches);
    }

    /**
     * A pattern in which {@code ${folder}} and {@code ${job}} are written so that configuration as code takes them as they
     * are: {@code ^${folder}}.
     */
    public static String kept(String pattern) {
        String kept = pattern;
        for (String name : VARIABLES) {
            kept = kept.replaceAll("(?<!\\^)\\$\\{" + name + "}", "^\\${" + name + "}");
        }
        return kept;
    }

    /**
     * Whether it is about a name.
     *
     * @param folder what {@code ${folder}} stands for
     */
    boolean names(SourceKind kind, String name, String folder, Requester who) {
        if (Minting.isName(name)) {
            // Patterns are about what is stored; what a login makes is for a declared credential of the same place.
            return false;
        }
        Map<String, String> values = Map.of("folder", folder, "job", who.job());
        // Patterns of names are not meant to reach another account or region, which only an ARN can name.
        boolean arn = kind != SourceKind.VAULT && name.startsWith(ARN);
        return names.stream()
                .filter(pattern -> kind == SourceKind.VAULT || pattern.startsWith(ARN) == arn)
                .anyMatch(pattern -> pattern.matches(name, values));
    }

    /** What of it does not hold for who asks, {@code names} aside; empty where all does. */
    Optional<String> unmet(Requester who) {
        if (!jobs.isEmpty() && !matches(jobs, who.job())) {
            return Optional.of("the job " + either(jobs));
        }
        if (who.changeRequest() && !changeRequests.orElse(branches.isEmpty())) {
            return Optional.of((branches.isEmpty() ? "a build" : "a build of the branch " + either(branches))
                    + " that is not of a change request");
        }
        if (!branches.isEmpty()
                && !who.branch().filter(branch -> matches(branches, branch)).isPresent()) {
            return Optional.of("a build of the branch " + either(branches));
        }
        return Optional.empty();
    }

    private static boolean matches(List<NamePattern> patterns, String name) {
        return !name.isEmpty() && patterns.stream().anyMatch(pattern -> pattern.matches(name, Map.of()));
    }

    private static String either(List<NamePattern> patterns) {
        return patterns.stream().map(NamePattern::toString).collect(Collectors.joining(" or "));
    }

    /** As in {@code names prod/*; jobs shop/**; branches main, release/*}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        add(parts, "names", names);
        add(parts, "jobs", jobs);
        add(parts, "branches", branches);
        changeRequests.ifPresent(takes -> parts.add(takes ? "change requests too" : "no change requests"));
        return parts.isEmpty() ? "any build" : String.join("; ", parts);
    }

    private static void add(List<String> parts, String key, List<NamePattern> patterns) {
        if (!patterns.isEmpty()) {
            parts.add(key + " " + patterns.stream().map(NamePattern::toString).collect(Collectors.joining(", ")));
        }
    }
}
