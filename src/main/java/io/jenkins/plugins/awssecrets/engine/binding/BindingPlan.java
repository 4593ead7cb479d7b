package io.jenkins.plugins.awssecrets.engine.binding;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.SecretsFrom;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.resolve.Snapshot;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The bindings of one block: what to fetch for them together, and what comes of it. */
public final class BindingPlan {
    /** One line of the block. */
    sealed interface Binding {
        record OfCredential(CredentialDefinition definition, String prefix, boolean masked) implements Binding {}

        record OfReference(String variable, Reference reference, boolean allowEmpty, boolean masked)
                implements Binding {}

        record OfMembers(String prefix, Reference reference, boolean allowEmpty) implements Binding {}

        record OfMember(String variable, Reference from, SecretValue value) implements Binding {}
    }

    private final List<Binding> bindings = new ArrayList<>();
    private final TreeMap<String, String> owners;

    /** For an environment that tells names by their case, as a process of Unix does. */
    public BindingPlan() {
        this(Comparator.naturalOrder());
    }

    /** @param names tells which names mean one variable: in Jenkins' environments case does not matter */
    public BindingPlan(Comparator<String> names) {
        owners = new TreeMap<>(names);
    }

    /**
     * Adds a credential.
     *
     * @param prefix of its variables, or the variable itself for {@code string} and {@code file}; empty for the default
     * @throws SecretException ({@link Problem#MALFORMED}) for a bad prefix or a variable that is bound already
     */
    public BindingPlan credential(CredentialDefinition definition, Optional<String> prefix) {
        return credential(definition, prefix, true);
    }

    /** @param masked whether a log hides what is secret in it; a user may know that a {@code string} is none */
    public BindingPlan credential(CredentialDefinition definition, Optional<String> prefix, boolean masked) {
        CredentialKind kind = definition.kind();
        String owner = kind.symbol() + " '" + definition.id() + "'";
        String checked = VariableNames.checked(
                prefix.orElseGet(() -> kind.defaultPrefix(definition.id())), "the prefix or variable of " + owner);
        kind.variables().forEach(suffix -> claim(checked + suffix, owner));
        Optional<Minting> made = definition.made().flatMap(reference -> Minting.of(reference.locator()));
        made.ifPresent(m -> kind.madeVariables().forEach(suffix -> claim(checked + suffix, owner)));
        Stream.concat(kind.shared().stream(), made.stream().flatMap(m -> kind.madeShared().stream()))
                .filter(variable -> !kind.symbol().equals(owners.get(variable)))
                .forEach(variable -> claim(variable, kind.symbol()));
        bindings.add(new Binding.OfCredential(definition, checked, masked));
        return this;
    }

    /** Claims a variable that the block gets besides, for what is made of a credential that is bound. */
    public BindingPlan made(String variable, CredentialKind kind, String id) {
        claim(variable, kind.symbol() + " '" + id + "'");
        return this;
    }

    /** Adds a single value by its reference. */
    public BindingPlan secret(String variable, Reference reference, boolean allowEmpty) {
        return secret(variable, reference, allowEmpty, true);
    }

    /** @param masked whether a log hides it; who binds it may know that it is no secret */
    public BindingPlan secret(String variable, Reference reference, boolean allowEmpty, boolean masked) {
        String owner = "secret " + reference;
        claim(VariableNames.checked(variable, "the variable of " + owner), owner);
        bindings.add(new Binding.OfReference(variable, reference, allowEmpty, masked));
        return this;
    }

    /**
     * Adds all parameters below a path.
     *
     * @param prefix of the variables; a name goes on in upper case, with {@code _} for what no variable has
     * @param names of the parameters, as the source lists them
     * @throws SecretException ({@link Problem#MALFORMED}) for a name that is no variable or one that is bound already
     */
    public BindingPlan secrets(String prefix, SecretsFrom.Below path, List<String> names, boolean allowEmpty) {
        for (String name : names) {
            String variable =
                    prefix + VariableNames.of(name.substring(path.path().length() + 1));
            secret(variable, path.parameter(name), allowEmpty);
        }
        return this;
    }

    /** Adds all members of a secret, whose names are known when it is read: {@link #bind} refuses what is no variable. */
    public BindingPlan secrets(String prefix, SecretsFrom.Members members, boolean allowEmpty) {
        if (!prefix.isEmpty()) {
            VariableNames.checked(prefix, "the prefix of secrets " + members);
        }
        bindings.add(new Binding.OfMembers(prefix, members.reference(), allowEmpty));
        return this;
    }

    private static List<Binding> expand(
            Binding.OfMembers members, Snapshot snapshot, BiConsumer<String, String> claim) {
        String owner = "secrets " + members.reference();
        List<Binding> expanded = new ArrayList<>();
        snapshot.members(members.reference(), members.allowEmpty()).forEach((name, value) -> {
            String variable = members.prefix() + VariableNames.of(name);
            claim.accept(VariableNames.checked(variable, "the member '" + name + "' of " + owner), owner);
            expanded.add(new Binding.OfMember(variable, members.reference(), value));
        });
        return expanded;
    }

    private void claim(String variable, String owner) {
        claim(owners, variable, owner);
    }

    private static void claim(Map<String, String> owners, String variable, String owner) {
        String other = owners.putIfAbsent(variable, owner);
        if (other != null) {
            throw new SecretException(
                    Problem.MALFORMED,
                    "variable " + variable,
                    "both " + other + " and " + owner + " bind it",
                    "give one of them another prefix or variable");
        }
    }

    /** The names of all variables that the bindings may set, whether the credentials have values for them or not. */
    public Set<String> variables() {
        return Set.copyOf(owners.keySet());
    }

    /**
     * The variables that the bindings may set and have no value for: what the surroundings give them belongs to another
     * credential, such as the session token of other keys.
     */
    public Set<String> unset(BoundEnvironment bound) {
        Set<String> unset = new LinkedHashSet<>(owners.keySet());
        unset.removeAll(bound.variables().keySet());
        bound.files().forEach(file -> unset.remove(file.variable()));
        for (Binding binding : bindings) {
            if (binding instanceof Binding.OfCredential credential) {
                credential
                        .definition()
                        .kind()
                        .inherited()
                        .forEach(suffix -> unset.remove(credential.prefix() + suffix));
            }
        }
        return unset;
    }

    /** The variables of the fields that are renewed. */
    public Set<String> renewedVariables() {
        Set<String> variables = new LinkedHashSet<>();
        for (Binding binding : bindings) {
            if (binding instanceof Binding.OfCredential credential
                    && renewed(credential).isPresent()) {
                credential.definition().kind().fields().forEach(field -> field.variable()
                        .ifPresent(suffix -> variables.add(credential.prefix() + suffix)));
            }
        }
        return variables;
    }

    /** Those of {@link #references()} that are made, and made anew for files while the block lasts. */
    public Set<Reference> renewed() {
        Set<Reference> renewed = new LinkedHashSet<>();
        for (Binding binding : bindings) {
            if (binding instanceof Binding.OfCredential credential) {
                renewed(credential).ifPresent(renewed::add);
            }
        }
        return renewed;
    }

    private static Optional<Reference> renewed(Binding.OfCredential credential) {
        CredentialDefinition definition = credential.definition();
        return definition.made().filter(made -> Minting.of(made.locator())
                .filter(definition.kind()::isRenewed)
                .isPresent());
    }

    /** All references to fetch. */
    public Set<Reference> references() {
        Set<Reference> references = new LinkedHashSet<>();
        for (Binding binding : bindings) {
            if (binding instanceof Binding.OfCredential credential) {
                references.addAll(credential.definition().references());
            } else if (binding instanceof Binding.OfReference secret) {
                references.add(secret.reference());
            } else if (binding instanceof Binding.OfMembers members) {
                references.add(members.reference());
            }
        }
        return references;
    }

    /**
     * The variables and files, out of a snapshot that holds {@link #references()}.
     *
     * @throws SecretException naming each value that is missing, empty or of a wrong shape
     */
    public BoundEnvironment bind(Snapshot snapshot) {
        Map<String, String> claimed = new TreeMap<>(owners);
        List<Binding> all = new ArrayList<>();
        for (Binding binding : bindings) {
            if (binding instanceof Binding.OfMembers members) {
                all.addAll(expand(members, snapshot, (variable, owner) -> claim(claimed, variable, owner)));
            } else {
                all.add(binding);
            }
        }
        return new EnvironmentBuilder(snapshot).build(all);
    }
}
