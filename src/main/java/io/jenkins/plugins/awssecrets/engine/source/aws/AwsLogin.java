package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.source.MachineUse;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Where the first AWS credentials come from, before any role is assumed with them. */
public sealed interface AwsLogin {
    /**
     * What it uses of this machine. A login that does not say what it uses is the machine's.
     *
     * @param role the first role that is assumed with it; empty where none is
     * @param shownTo addresses of the configuration that are called with it
     */
    default Optional<MachineUse> machineUse(Optional<String> role, Set<URI> shownTo) {
        return Optional.of(new MachineUse.Identity("its login", role, shownTo));
    }

    /** Whether a source lists with it, and is tested by it. */
    default boolean lists() {
        return true;
    }

    /**
     * What the machine offers, in the SDK's order: system properties, environment, web identity token file, profile,
     * container (ECS, EKS pod identity), instance role. The web identity call goes through the source's own STS
     * settings and proxy.
     */
    record DefaultChain() implements AwsLogin {
        @Override
        public Optional<MachineUse> machineUse(Optional<String> role, Set<URI> shownTo) {
            return Optional.of(new MachineUse.Identity("the default AWS credentials chain", role, shownTo));
        }
    }

    /** A profile of the shared configuration files ({@code ~/.aws/config} and {@code ~/.aws/credentials}). */
    record Profile(String name) implements AwsLogin {
        @Override
        public Optional<MachineUse> machineUse(Optional<String> role, Set<URI> shownTo) {
            return Optional.of(new MachineUse.File("an AWS profile of the controller"));
        }
    }

    /** An access key; with a session token where it is a temporary one. */
    record StaticKeys(String accessKeyId, SecretValue secretAccessKey, Optional<SecretValue> sessionToken)
            implements AwsLogin {
        @Override
        public Optional<MachineUse> machineUse(Optional<String> role, Set<URI> shownTo) {
            return Optional.empty();
        }
    }

    /** {@code AssumeRoleWithWebIdentity} with the token a file holds, read anew for every session. */
    record WebIdentity(String roleArn, Path tokenFile) implements AwsLogin {
        @Override
        public Optional<MachineUse> machineUse(Optional<String> role, Set<URI> shownTo) {
            return Optional.of(new MachineUse.File("a web identity token file"));
        }
    }

    /** {@code AssumeRoleWithWebIdentity} with a token that is asked for anew for every session. */
    record WebIdentityToken(String roleArn, String what, Supplier<SecretValue> token) implements AwsLogin {
        @Override
        public Optional<MachineUse> machineUse(Optional<String> role, Set<URI> shownTo) {
            return Optional.of(new MachineUse.Identity(what, role, shownTo));
        }
    }

    /** None at all: a source from which builds read as themselves, and that lists nothing. */
    record None() implements AwsLogin {
        @Override
        public Optional<MachineUse> machineUse(Optional<String> role, Set<URI> shownTo) {
            return Optional.empty();
        }

        @Override
        public boolean lists() {
            return false;
        }
    }

    /**
     * A login for nothing but to assume the roles that builds read in: the source itself lists nothing with it.
     *
     * @param login whose keys assume the roles
     * @param lender refuses a use of the machine that it has not granted, once it is known which role a build assumes
     */
    record ForBuilds(AwsLogin login, Consumer<MachineUse> lender) implements AwsLogin {
        /** A role that is named after the build is asked about when one asks ({@link #admit}). */
        @Override
        public Optional<MachineUse> machineUse(Optional<String> role, Set<URI> shownTo) {
            return role.isEmpty() ? Optional.empty() : login.machineUse(role, shownTo);
        }

        /**
         * @param role of one build
         * @throws SecretException when the login may not be used to assume it
         */
        void admit(String role, Set<URI> shownTo) {
            login.machineUse(Optional.of(role), shownTo).ifPresent(lender);
        }

        @Override
        public boolean lists() {
            return false;
        }
    }

    /**
     * Keys that somebody else keeps, asked for at each call.
     *
     * @param name what an error calls them
     * @param ofMachine whether the provider may turn to an identity of this machine
     */
    record Provided(String name, AwsCredentialsProvider provider, boolean ofMachine) implements AwsLogin {
        @Override
        public Optional<MachineUse> machineUse(Optional<String> role, Set<URI> shownTo) {
            return ofMachine
                    ? Optional.of(new MachineUse.Identity(name + ", which has no keys of its own", role, shownTo))
                    : Optional.empty();
        }
    }
}
