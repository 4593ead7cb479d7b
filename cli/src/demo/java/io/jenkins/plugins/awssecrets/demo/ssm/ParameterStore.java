package io.jenkins.plugins.awssecrets.demo.ssm;

import io.jenkins.plugins.awssecrets.demo.seed.AwsSeed;
import io.jenkins.plugins.awssecrets.demo.seed.ParameterSeed;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The parameters of an account, by name. */
final class ParameterStore {
    private final AwsSeed account;
    private final Clock clock;
    private final Map<String, Parameter> parameters = new TreeMap<>();

    ParameterStore(AwsSeed account, List<ParameterSeed> seeds, Clock clock) {
        this.account = account;
        this.clock = clock;
        seeds.forEach(this::add);
    }

    private void add(ParameterSeed seed) {
        Parameter parameter = new Parameter(seed.name(), seed.type(), seed.description(), seed.key());
        parameter.kmsDenied = seed.kmsDenied();
        parameter.keyState = seed.keyState();
        parameter.tier = seed.tier();
        parameter.tags.putAll(seed.tags());
        for (ParameterSeed.Version version : seed.versions()) {
            parameter.add(version.value(), time(version.changed())).labels().addAll(version.labels());
        }
        if (seed.value() != null) {
            parameter.add(seed.value(), time(seed.changed())).labels().addAll(seed.labels());
        }
        if (parameter.versions.isEmpty()) {
            throw new IllegalArgumentException("seed: parameter " + seed.name() + " has no value; give it one");
        }
        parameters.put(seed.name(), parameter);
    }

    private Instant time(Optional<String> given) {
        return given.map(Instant::parse).orElse(clock.instant());
    }

    Instant now() {
        return clock.instant();
    }

    Collection<Parameter> all() {
        return parameters.values();
    }

    void put(Parameter parameter) {
        parameters.put(parameter.name, parameter);
    }

    boolean remove(String name) {
        return parameters.remove(name) != null;
    }

    Optional<Parameter> find(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    String arn(String name) {
        return arnPrefix() + (name.startsWith("/") ? name : "/" + name);
    }

    String keyArn(String key) {
        return key.startsWith("arn:") ? key : "arn:aws:kms:" + account.region() + ":" + account.account() + ":" + key;
    }

    /** The ARN of what an action on no single parameter needs. */
    String anyArn() {
        return "arn:aws:ssm:" + account.region() + ":" + account.account() + ":*";
    }

    /** The parameter an ARN names, or the name as it is. */
    String name(String nameOrArn) {
        if (!nameOrArn.startsWith(arnPrefix())) {
            return nameOrArn;
        }
        String path = nameOrArn.substring(arnPrefix().length());
        // Only a name in a hierarchy keeps its leading slash: parameter/a is a, parameter/a/b is /a/b.
        return path.indexOf('/', 1) > 0 || parameters.containsKey(path) ? path : path.substring(1);
    }

    private String arnPrefix() {
        return "arn:aws:ssm:" + account.region() + ":" + account.account() + ":parameter";
    }
}
