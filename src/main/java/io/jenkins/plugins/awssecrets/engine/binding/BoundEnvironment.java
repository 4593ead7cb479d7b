package io.jenkins.plugins.awssecrets.engine.binding;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.aws.AssumedKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** This one with the session of a role in the place of the keys under a prefix. */
    public BoundEnvironment withSession(String prefix, AssumedKeys session) {
        Map<String, SecretValue> keys = Map.of(
                prefix + "_ACCESS_KEY_ID", SecretValue.of(session.accessKeyId()),
                prefix + "_SECRET_ACCESS_KEY", session.secretAccessKey(),
                prefix + "_SESSION_TOKEN", session.sessionToken());
        Map<String, SecretValue> all = new LinkedHashMap<>(variables);
        all.putAll(keys);
        Set<String> hidden = new LinkedHashSet<>(sensitive);
        hidden.addAll(keys.keySet());
        List<SecretValue> values = new ArrayList<>(secrets);
        values.addAll(keys.values());
        return new BoundEnvironment(all, files, hidden, values, unmasked, ordinary);
    }

    /** The same with a profile besides, whose process prints a file that is to be written anew. */
    public BoundEnvironment withRenewedSession(String prefix, AssumedKeys session, Optional<String> region) {
        BoundEnvironment all = withSession(prefix, session);
        String name = AwsProfiles.name(prefix);
        String file = AwsProfiles.file(prefix);
        AwsProfiles profiles = files.stream()
                .filter(bound -> bound.variable().equals(AwsProfiles.VARIABLE))
                .findFirst()
                .map(bound -> AwsProfiles.of(bound.content()))
                .orElseGet(AwsProfiles::new);
        profiles.add(new AwsProfiles.Profile(name, file, region, prefix.equals("AWS")));
        List<BoundFile> written = new ArrayList<>(files);
        written.removeIf(bound -> bound.variable().equals(AwsProfiles.VARIABLE));
        SecretValue printed = session.printed();
        written.add(new BoundFile(prefix + "_PROFILE", false, file, printed, true));
        written.add(new BoundFile(AwsProfiles.VARIABLE, false, AwsProfiles.PATH, profiles.content()));
        Map<String, SecretValue> named = new LinkedHashMap<>(all.variables);
        named.put(prefix + "_PROFILE", SecretValue.of(name));
        List<SecretValue> values = new ArrayList<>(all.secrets);
        values.add(printed);
        return new BoundEnvironment(named, written, all.sensitive, values, unmasked, ordinary);
    }

    /** This one with one more variable, whose value is masked. */
    public BoundEnvironment withSecret(String variable, SecretValue value) {
        Map<String, SecretValue> all = new LinkedHashMap<>(variables);
        all.put(variable, value);
        Set<String> hidden = new LinkedHashSet<>(sensitive);
        hidden.add(variable);
        List<SecretValue> values = new ArrayList<>(secrets);
        values.add(value);
        return new BoundEnvironment(all, files, hidden, values, unmasked, ordinary);
    }

    /** This one without one of the files. What was in it is masked all the same. */
    public BoundEnvironment withoutFile(String variable) {
        List<BoundFile> rest = new ArrayList<>(files);
        rest.removeIf(file -> file.variable().equals(variable));
        return new BoundEnvironment(variables, rest, sensitive, secrets, unmasked, ordinary);
    }

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
