package io.jenkins.plugins.awssecrets.engine.reference;

import io.jenkins.plugins.awssecrets.engine.identity.BuildIdentity;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Optional;

/**
 * A text that names one value in one source: {@code <source>:<name>[?version=<v>][#<field>]}, an RFC 3986 URI.
 *
 * @param source id of the source, such as {@code ssm}
 * @param name parameter name, secret name, ARN or Vault path, percent-decoded
 * @param version version, label or stage, percent-decoded; empty for the current one
 * @param field key of a member, or an RFC 6901 pointer when it starts with {@code /}, percent-decoded
 * @param dataFolder whether {@code data} after a Vault's mount was written as {@code %64ata}, and so is a folder that
 *     is really named so and not the {@code data/} of Vault's API
 */
public record Reference(
        String source, String name, Optional<String> version, Optional<String> field, boolean dataFolder) {
    private static final String DATA = "/data/";

    public Reference(String source, String name, Optional<String> version, Optional<String> field) {
        this(source, name, version, field, false);
    }

    /** A reference to what a source makes when it is read. */
    public static Reference to(String source, Minting minting) {
        return new Reference(source, minting.name(), Optional.empty(), Optional.empty());
    }

    /**
     * Parses the form that is common to all sources; {@link #checkFor} adds the rules of a backend.
     *
     * @throws MalformedReferenceException with the position and what was expected
     */
    public static Reference parse(String text) {
        return new ReferenceParser(text).parse();
    }

    /**
     * Whether the text begins with this source id and a colon: how a field that takes a literal too tells the two
     * apart.
     */
    public static boolean startsWithSource(String text, String sourceId) {
        return text.startsWith(sourceId + ":");
    }

    /**
     * Checks name and version by the rules of a backend.
     *
     * @return this
     * @throws MalformedReferenceException with the position and what was expected
     */
    public Reference checkFor(SourceKind kind) {
        NameRules.check(this, kind);
        return this;
    }

    /** The reference of a name that is known to be one: of a secret that was listed, or found in another's settings. */
    public static Reference of(String source, String name, Optional<String> field) {
        int slash = name.indexOf('/');
        boolean folder = slash > 0 && name.startsWith(DATA, slash);
        return new Reference(source, name, Optional.empty(), field, folder);
    }

    /** What one read of the backend is addressed by. */
    public Locator locator() {
        return new Locator(source, name, version);
    }

    /** What a build reads in its place; itself unless it is of something made whose settings name the build. */
    public Reference forBuild(BuildIdentity build) {
        return Minting.of(locator())
                .map(minting -> new Reference(source, minting.of(build).name(), version, field, dataFolder))
                .orElse(this);
    }

    /** The canonical text: parsing it gives an equal reference. */
    @Override
    public String toString() {
        if (Minting.isName(name)) {
            return locator().toString();
        }
        String encoded = PercentEncoding.encode(name);
        StringBuilder text = new StringBuilder(source)
                .append(':')
                .append(dataFolder ? encoded.replaceFirst(DATA, "/%64ata/") : encoded);
        version.ifPresent(v -> text.append("?version=").append(PercentEncoding.encodeInQuery(v)));
        field.ifPresent(f -> text.append('#').append(PercentEncoding.encode(f)));
        return text.toString();
    }
}
