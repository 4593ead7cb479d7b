package io.jenkins.plugins.awssecrets.engine.binding;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The profiles of a block's {@code AWS_CONFIG_FILE}. Each has a {@code credential_process} that prints a private file,
 * which is written anew before the keys in it expire: a tool that runs for longer than its keys asks again (AWS CLI User
 * Guide, <i>Sourcing credentials with an external process</i>).
 */
public final class AwsProfiles {
    static final String VARIABLE = Delivery.AWS_CONFIG_FILE;

    /** Relative to the directory of private files. */
    static final String PATH = "aws/config";

    private static final String SEPARATOR = "\t";

    private final List<Profile> profiles = new ArrayList<>();

    /**
     * A profile.
     *
     * @param file what the process prints, relative to the directory of private files
     * @param isDefault whether it is also what tools use that name no profile
     */
    record Profile(String name, String file, Optional<String> region, boolean isDefault) {}

    /** The name of a profile, from what its variables begin with. */
    static String name(String prefix) {
        return "aws-secrets-" + prefix.toLowerCase(Locale.ROOT);
    }

    /** The file of what the profile's process prints, relative to the directory of private files. */
    static String file(String prefix) {
        return "aws/" + prefix + ".json";
    }

    /** Those that a bound file has. */
    static AwsProfiles of(SecretValue content) {
        AwsProfiles all = new AwsProfiles();
        parse(content).forEach(all::add);
        return all;
    }

    void add(Profile profile) {
        profiles.add(profile);
    }

    boolean isEmpty() {
        return profiles.isEmpty();
    }

    /** A table: where the private directory is, and what the file has already, is known on the machine that reads it. */
    SecretValue content() {
        StringBuilder rows = new StringBuilder();
        for (Profile profile : profiles) {
            rows.append(String.join(
                            SEPARATOR,
                            profile.name(),
                            profile.file(),
                            Boolean.toString(profile.isDefault()),
                            profile.region().orElse("")))
                    .append('\n');
        }
        return SecretValue.of(rows.toString());
    }

    static List<Profile> parse(SecretValue content) {
        return content.reveal()
                .lines()
                .map(row -> row.split(SEPARATOR, -1))
                .map(row -> new Profile(
                        row[0],
                        row[1],
                        Optional.of(row[3]).filter(region -> !region.isEmpty()),
                        Boolean.parseBoolean(row[2])))
                .toList();
    }
}
