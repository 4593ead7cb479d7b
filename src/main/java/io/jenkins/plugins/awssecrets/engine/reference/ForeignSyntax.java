package io.jenkins.plugins.awssecrets.engine.reference;

import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What other tools write for the same thing, and the reference that is meant by it: the {@code valueFrom} of ECS task
 * definitions, dynamic references of CloudFormation, API paths of Vault, and URIs with two slashes.
 *
 * @param what it is
 * @param meant the reference to write in its place
 */
record ForeignSyntax(String what, Reference meant) {
    private static final String VERSION_ID =
            "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

    /** {@code NAME:key:stage:version-id} of ECS, {@code NAME:SecretString:key:stage:version-id} of CloudFormation. */
    private static final Pattern SECRET =
            Pattern.compile("((?:arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\\d{12}:secret:)?[^:]+)"
                    + ":(?:SecretString:)?([^:]*)(?::([^:]*)(?::([^:]*))?)?");

    private static final Pattern PARAMETER =
            Pattern.compile("((?:arn:[a-z-]+:ssm:[a-z0-9-]+:\\d{12}:parameter/)?[^:]+):([^:]+)");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^/]+/(v1/.+)");
    private static final Pattern API_PATH = Pattern.compile("/*v1/([^/]+)/(?:data|metadata)/(.+)|/*v1/(.+)");

    private static final Pattern DYNAMIC = Pattern.compile("\\{\\{resolve:(ssm|ssm-secure|secretsmanager):([^{}]+)}}");
    private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:(ssm|secretsmanager):.+");

    /** What does not begin with a source: the sources that exist by default are meant. */
    static Optional<ForeignSyntax> withoutSource(String text) {
        Matcher dynamic = DYNAMIC.matcher(text);
        if (dynamic.matches()) {
            return ofService("a dynamic reference of CloudFormation", dynamic.group(1), dynamic.group(2));
        }
        Matcher arn = ARN.matcher(text);
        return arn.matches() ? ofService("an ARN without a source before it", arn.group(1), text) : Optional.empty();
    }

    private static Optional<ForeignSyntax> ofService(String what, String service, String name) {
        SourceKind kind = service.startsWith("ssm") ? SourceKind.SSM : SourceKind.SECRETS_MANAGER;
        Reference plain = new Reference(kind.defaultId(), name, Optional.empty(), Optional.empty());
        return Optional.of(new ForeignSyntax(
                        what, in(plain, kind).map(ForeignSyntax::meant).orElse(plain)))
                .filter(found -> isGood(found.meant(), kind));
    }

    static Optional<ForeignSyntax> in(Reference typed, SourceKind kind) {
        Optional<ForeignSyntax> found =
                switch (kind) {
                    case SSM -> parameter(typed);
                    case SECRETS_MANAGER -> secret(typed);
                    case VAULT -> path(typed);
                };
        // What is meant has to be one itself.
        return found.filter(foreign -> isGood(foreign.meant(), kind));
    }

    private static boolean isGood(Reference meant, SourceKind kind) {
        try {
            Reference.parse(meant.toString()).checkFor(kind);
            return true;
        } catch (MalformedReferenceException e) {
            return false;
        }
    }

    private static Optional<ForeignSyntax> parameter(Reference typed) {
        String name = typed.name();
        if (name.startsWith("//")) {
            return Optional.of(
                    new ForeignSyntax("two slashes after the source", named(typed, name.replaceFirst("^/+", "/"))));
        }
        Matcher versioned = PARAMETER.matcher(name);
        if (versioned.matches() && typed.version().isEmpty()) {
            return Optional.of(new ForeignSyntax(
                    "a version after a colon",
                    new Reference(typed.source(), versioned.group(1), Optional.of(versioned.group(2)), typed.field())));
        }
        return name.indexOf('/') > 0 && !name.startsWith("arn:")
                ? Optional.of(new ForeignSyntax("a path that does not begin with '/'", named(typed, "/" + name)))
                : Optional.empty();
    }

    private static Optional<ForeignSyntax> secret(Reference typed) {
        String name = typed.name();
        if (name.startsWith("//")) {
            return Optional.of(
                    new ForeignSyntax("two slashes after the source", named(typed, name.replaceFirst("^/+", ""))));
        }
        Matcher secret = SECRET.matcher(name);
        if (!secret.matches() || typed.version().isPresent() || typed.field().isPresent()) {
            return Optional.empty();
        }
        Optional<String> key = Optional.of(secret.group(2)).filter(k -> !k.isEmpty());
        Optional<String> stage = Optional.ofNullable(secret.group(3)).filter(s -> !s.isEmpty());
        Optional<String> id = Optional.ofNullable(secret.group(4)).filter(i -> i.matches(VERSION_ID));
        return Optional.of(new ForeignSyntax(
                "key, stage and version after colons",
                new Reference(typed.source(), secret.group(1), id.or(() -> stage), key)));
    }

    private static Optional<ForeignSyntax> path(Reference typed) {
        String path = typed.name();
        Matcher address = ADDRESS.matcher(path);
        if (address.matches()) {
            path = address.group(1);
        }
        Matcher api = API_PATH.matcher(path);
        if (api.matches()) {
            String meant = api.group(3) != null ? api.group(3) : api.group(1) + "/" + api.group(2);
            return Optional.of(new ForeignSyntax(
                    address.matches() ? "an address of Vault's API" : "a path of Vault's API, with v1/",
                    named(typed, meant)));
        }
        if (path.startsWith("/")) {
            return Optional.of(new ForeignSyntax("a leading '/'", named(typed, path.replaceFirst("^/+", ""))));
        }
        int slash = path.indexOf('/');
        return slash > 0 && path.startsWith("data/", slash + 1) && !typed.dataFolder()
                ? Optional.of(new ForeignSyntax(
                        "'data/' after the mount",
                        named(typed, path.substring(0, slash + 1) + path.substring(slash + "/data/".length()))))
                : Optional.empty();
    }

    private static Reference named(Reference typed, String name) {
        return new Reference(typed.source(), name, typed.version(), typed.field());
    }
}
