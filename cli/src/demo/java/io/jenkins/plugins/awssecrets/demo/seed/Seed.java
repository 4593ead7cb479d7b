package io.jenkins.plugins.awssecrets.demo.seed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the backends hold when they start. The YAML form is described in {@code docs/demo-backends.md}.
 *
 * @param ssm parameters
 * @param secretsManager secrets
 */
public record Seed(AwsSeed aws, List<ParameterSeed> ssm, List<SecretSeed> secretsManager, VaultSeed vault) {
    public Seed {
        aws = aws == null ? AwsSeed.DEFAULT : aws;
        ssm = Lists.of(ssm);
        secretsManager = Lists.of(secretsManager);
        vault = vault == null ? VaultSeed.DEFAULT : vault;
    }

    public static Seed empty() {
        return new Seed(null, null, null, null);
    }

    /** @throws SeedMistake when the file is no seed */
    public static Seed read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    /** @throws SeedMistake when the text is no seed */
    public static Seed parse(String yaml) {
        ObjectMapper mapper = new ObjectMapper(new YAMLFactory());
        mapper.registerModule(
                new SimpleModule().addDeserializer(Optional.class, new OptionalDeserializer(Optional.empty())));
        try {
            return mapper.readValue(yaml, Seed.class);
        } catch (JsonProcessingException e) {
            throw SeedMistake.of(e);
        }
    }

    public Seed with(AwsSeed other) {
        return new Seed(other, ssm, secretsManager, vault);
    }

    public Seed with(VaultSeed other) {
        return new Seed(aws, ssm, secretsManager, other);
    }

    public Seed with(ParameterSeed... more) {
        return new Seed(aws, and(ssm, more), secretsManager, vault);
    }

    public Seed with(SecretSeed... more) {
        return new Seed(aws, ssm, and(secretsManager, more), vault);
    }

    /** A {@code String} parameter. */
    public Seed parameter(String name, String value) {
        return with(ParameterSeed.of(name, "String", value, Map.of()));
    }

    /** A {@code SecureString} parameter. */
    public Seed secureParameter(String name, String value) {
        return with(ParameterSeed.of(name, "SecureString", value, Map.of()));
    }

    /** A secret of Secrets Manager. */
    public Seed secret(String name, String string) {
        return with(SecretSeed.of(name, string, Map.of()));
    }

    @SafeVarargs
    private static <T> List<T> and(List<T> some, T... more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }
}
