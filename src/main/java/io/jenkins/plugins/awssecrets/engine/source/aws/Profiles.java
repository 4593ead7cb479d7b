package io.jenkins.plugins.awssecrets.engine.source.aws;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileLocation;

/** What the shared configuration files say of a profile, and why one gives no credentials. */
final class Profiles {
    private static final String DEFAULT = "default";

    /** What makes credentials out of a profile (AWS SDKs and Tools Reference Guide, settings of profiles). */
    private static final List<String> CREDENTIALS = List.of(
            "aws_access_key_id",
            "aws_secret_access_key",
            "role_arn",
            "source_profile",
            "credential_source",
            "credential_process",
            "web_identity_token_file",
            "sso_session",
            "sso_start_url",
            "login_session");

    private Profiles() {}

    /** The profile that the environment names, also by the variable of AWS' command line alone; empty for none. */
    static Optional<String> named() {
        return variable("aws.profile", "AWS_PROFILE").or(() -> Optional.ofNullable(System.getenv("AWS_DEFAULT_PROFILE"))
                .map(String::trim)
                .filter(name -> !name.isEmpty()));
    }

    /** The one that the environment names, else {@code default}. */
    static String current() {
        return named().orElse(DEFAULT);
    }

    /** Whether somebody set a profile up to be used: by naming it, or with credentials in the default one. */
    static boolean isSetUp() {
        return named().filter(name -> !name.equals(DEFAULT)).isPresent()
                || profile(DEFAULT).filter(Profiles::hasCredentials).isPresent();
    }

    /** @throws SecretException ({@code UNAUTHENTICATED}) when a profile that is named is in neither file */
    static void mustExist(Optional<String> name) {
        name.filter(any -> !any.equals(DEFAULT))
                .filter(any -> profile(any).isEmpty())
                .ifPresent(missing -> {
                    throw missing(missing);
                });
    }

    private static SecretException missing(String name) {
        return new SecretException(
                Problem.UNAUTHENTICATED,
                "login",
                "profile " + name + " is not in " + file(),
                "check AWS_PROFILE and the source's profile, or add it; no other login is tried in its place");
    }

    static boolean isBySso(String name) {
        return profile(name)
                .filter(profile -> profile.property("sso_session").isPresent()
                        || profile.property("sso_start_url").isPresent())
                .isPresent();
    }

    /** Why a profile that is there gives nothing; its process' output goes nowhere. */
    static SecretException nothing(String name) {
        Optional<Profile> profile = profile(name);
        if (profile.isEmpty() && !name.equals(DEFAULT)) {
            return missing(name);
        }
        boolean process = profile.flatMap(p -> p.property("credential_process")).isPresent();
        return new SecretException(
                Problem.UNAUTHENTICATED,
                "profile " + name,
                process ? "its credential_process failed" : "it provides no credentials",
                process
                        ? "run the process of profile " + name + " by hand to see why"
                        : "check profile " + name + " in " + file() + " and ~/.aws/credentials");
    }

    /** A variable, or the system property that the SDK takes in its place. */
    static Optional<String> variable(String property, String name) {
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(System.getenv(name)))
                .map(String::trim)
                .filter(value -> !value.isEmpty());
    }

    private static boolean hasCredentials(Profile profile) {
        return CREDENTIALS.stream().anyMatch(key -> profile.property(key).isPresent());
    }

    static Optional<Profile> profile(String name) {
        try {
            return ProfileFile.defaultProfileFile().profile(name);
        } catch (RuntimeException e) {
            // A profile file that cannot be read fails the login that needs it.
            return Optional.empty();
        }
    }

    /** As people write it. */
    private static String file() {
        Path path = ProfileFileLocation.configurationFilePath();
        Path home = Path.of(System.getProperty("user.home", "/"), ".aws", "config");
        return path.equals(home) ? "~/.aws/config" : path.toString();
    }
}
