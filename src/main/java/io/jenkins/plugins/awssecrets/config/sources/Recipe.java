package io.jenkins.plugins.awssecrets.config.sources;

import io.jenkins.plugins.awssecrets.engine.source.MachineUse;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.vault.VaultSettings;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A source of the engine before it is made. What it uses of the controller comes from the engine's settings themselves,
 * so that no configuration can leave it out.
 */
final class Recipe {
    private final List<MachineUse> uses;
    private final Supplier<SecretSource> source;

    private Recipe(List<MachineUse> uses, Supplier<SecretSource> source) {
        this.uses = List.copyOf(uses);
        this.source = source;
    }

    static Recipe of(AwsSettings settings, Supplier<SecretSource> source) {
        return new Recipe(settings.machineUses(), source);
    }

    static Recipe of(VaultSettings settings, Supplier<SecretSource> source) {
        return new Recipe(settings.machineUses(), source);
    }

    /** The same, which uses more than the settings show. */
    Recipe using(MachineUse other) {
        return new Recipe(Stream.concat(uses.stream(), Stream.of(other)).toList(), source);
    }

    List<MachineUse> uses() {
        return uses;
    }

    SecretSource make() {
        return source.get();
    }
}
