package io.jenkins.plugins.awssecrets.engine.rules;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.List;
import java.util.Optional;

/**
 * Makes rules out of what people type. A pattern that can match nothing is refused: it would look like a rule and be
 * none. The subject of an error is the key that it concerns.
 */
public final class RuleParser {
    private RuleParser() {}

    /**
     * A rule of a source.
     *
     * @throws SecretException ({@link Problem#MALFORMED}) when {@code names} is empty or a pattern is wrong
     */
    public static Rule forSource(
            SourceKind kind,
            List<String> names,
            List<String> jobs,
            List<String> branches,
            Optional<Boolean> changeRequests) {
        if (names.isEmpty()) {
            throw malformed("names", "it is missing", "write the names that a direct reference may use, such as ci/*");
        }
        return new Rule(
                names.stream().map(text -> name(kind, text)).toList(), jobs(jobs), branches(branches), changeRequests);
    }

    /** A rule of a credential. */
    public static Rule forCredential(List<String> jobs, List<String> branches, Optional<Boolean> changeRequests) {
        return new Rule(List.of(), jobs(jobs), branches(branches), changeRequests);
    }

    /** A pattern of names in a source of a kind. */
    public static NamePattern name(SourceKind kind, String text) {
        NamePattern pattern = pattern("names", text, Rule.VARIABLES);
        if (kind != SourceKind.VAULT && text.startsWith("arn:")) {
            return pattern;
        }
        if (kind != SourceKind.VAULT && text.indexOf(':') >= 0) {
            throw malformed("names", "a colon, which no name has", "write the name without the id of its source");
        }
        if (text.contains("//") || kind == SourceKind.VAULT && text.startsWith("/")) {
            throw malformed(
                    "names",
                    "an empty part before '/'",
                    "write a name as references do; in configuration as code ${folder} may be written ^${folder}");
        }
        if (kind == SourceKind.SSM && text.indexOf('/') > 0 && "*$".indexOf(text.charAt(0)) < 0) {
            throw malformed("names", "a path that does not begin with '/'", "write '/' before its first part");
        }
        return pattern;
    }

    private static List<NamePattern> jobs(List<String> texts) {
        return texts.stream().map(RuleParser::job).toList();
    }

    /** A pattern of full names of jobs. */
    public static NamePattern job(String text) {
        if (text.startsWith("/") || text.endsWith("/") || text.contains("//")) {
            throw malformed(
                    "jobs", "an empty part of a job's name", "write the full name, such as shop/web or shop/**");
        }
        return pattern("jobs", text, List.of());
    }

    private static List<NamePattern> branches(List<String> texts) {
        return texts.stream().map(RuleParser::branch).toList();
    }

    /** A pattern of names of branches and tags. */
    public static NamePattern branch(String text) {
        if (text.startsWith("refs/")) {
            throw malformed("branches", "a full ref, which Jenkins does not use", "write the name alone, such as main");
        }
        return pattern("branches", text, List.of());
    }

    private static NamePattern pattern(String key, String text, List<String> variables) {
        try {
            return NamePattern.parse(text, variables);
        } catch (SecretException e) {
            throw e.about(key);
        }
    }

    private static SecretException malformed(String key, String reason, String fix) {
        return new SecretException(Problem.MALFORMED, key, reason, fix);
    }
}
