package io.jenkins.plugins.awssecrets.engine.binding;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a block or a command gets.
 *
 * @param variables values by variable
 * @param files private files; their variables get a path and are not among {@code variables}
 * @param sensitive names of variables whose value is masked
 * @param secrets every value to be masked, those of files and of JSON documents included
 * @param unmasked names of sensitive variables whose value is too short to be masked
 * @param ordinary names of sensitive variables whose value is a word or number that logs are full of, so that masking it
 *     hides ordinary text
 */
public record BoundEnvironment(
        Map<String, SecretValue> variables,
        List<BoundFile> files,
        Set<String> sensitive,
        Collection<SecretValue> secrets,
        Set<String> unmasked,
        Set<String> ordinary) {

    /** Values of fewer bytes are not masked: they would shred the log. */
    public static final int SHORTEST_MASKED = 3;

    /** What is of use where the files are not made. */
    public BoundEnvironment withoutFiles() {
        Map<String, SecretValue> rest = new LinkedHashMap<>(variables);
        files.forEach(file -> rest.remove(file.variable()));
        return new BoundEnvironment(rest, List.of(), sensitive, secrets, unmasked, ordinary);
    }

    public BoundEnvironment {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        files = List.copyOf(files);
        sensitive = Collections.unmodifiableSet(new LinkedHashSet<>(sensitive));
        secrets = List.copyOf(secrets);
        unmasked = Collections.unmodifiableSet(new LinkedHashSet<>(unmasked));
        ordinary = Collections.unmodifiableSet(new LinkedHashSet<>(ordinary));
    }
}
