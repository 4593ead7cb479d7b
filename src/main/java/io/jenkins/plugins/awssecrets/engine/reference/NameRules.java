package io.jenkins.plugins.awssecrets.engine.reference;

import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.regex.Pattern;

/**
 * What each backend allows in a name and a version: PutParameter and LabelParameterVersion (SSM API), CreateSecret and
 * GetSecretValue (Secrets Manager API), and Vault's paths.
 */
final class NameRules {
    private static final int SSM_NAME_LIMIT = 1011;
    private static final int SECRETS_MANAGER_NAME_LIMIT = 512;
    private static final Pattern SSM_ARN = Pattern.compile("arn:[a-z-]+:ssm:[a-z0-9-]+:\\d{12}:parameter/.+");
    private static final Pattern SECRETS_MANAGER_ARN =
            Pattern.compile("arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\\d{12}:secret:.+");
    private static final String SECRET_OF_SSM = "/aws/reference/secretsmanager/";
    private static final Pattern SSM_LABEL = Pattern.compile("(?!(?i:aws|ssm)|\\d)[A-Za-z0-9_.-]{1,100}");
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,17}");

    private static final String VERSION = "?version=<number or label> for a version";
    private static final String SECRET_CHARACTERS = "letters, digits and / _ + = . @ - ! in a secret's name";
    private static final String MOUNT_AND_PATH = "mount/path, as in vault:secret/ci/db";
    private static final String NO_DATA = "mount/path without data/: the mount's KV version is found; a folder that is"
            + " really named data is written %64ata";

    private final Reference reference;

    private NameRules(Reference reference) {
        this.reference = reference;
    }

    static void check(Reference reference, SourceKind kind) {
        NameRules rules = new NameRules(reference);
        if (Minting.isName(reference.name())) {
            throw rules.inName(0, "a '!' at the start", "the name of a secret");
        }
        ForeignSyntax.in(reference, kind).ifPresent(foreign -> rules.refuse(foreign, kind));
        switch (kind) {
            case SSM -> rules.ssm();
            case SECRETS_MANAGER -> rules.secretsManager();
            case VAULT -> rules.vault();
        }
    }

    private void refuse(ForeignSyntax foreign, SourceKind kind) {
        String rule =
                switch (kind) {
                    case SSM -> reference.name().contains(":") ? VERSION : "'/' before the first part of the path";
                    case SECRETS_MANAGER -> SECRET_CHARACTERS;
                    case VAULT -> foreign.what().startsWith("'data/'") ? NO_DATA : MOUNT_AND_PATH;
                };
        throw inName(
                firstDifference(reference.name(), foreign.meant().name()),
                foreign.what(),
                foreign.meant() + " (" + rule + ")");
    }

    private static int firstDifference(String typed, String meant) {
        int at = 0;
        while (at < typed.length() && at < meant.length() && typed.charAt(at) == meant.charAt(at)) {
            at++;
        }
        return at;
    }

    private void ssm() {
        String name = reference.name();
        if (name.startsWith(SECRET_OF_SSM)) {
            // Parameter Store hands name and stage on to Secrets Manager.
            onlyCharacters("/_+=.@-!", SSM_NAME_LIMIT, SECRET_CHARACTERS);
            noEmptySegments(1);
            checkStage();
            return;
        }
        if (name.startsWith("arn:")) {
            matches(SSM_ARN, "arn:<partition>:ssm:<region>:<account>:parameter/<name>");
        } else {
            int colon = name.indexOf(':');
            if (colon >= 0) {
                throw inName(colon, "a colon in a parameter's name", VERSION);
            }
            onlyCharacters("_.-/", SSM_NAME_LIMIT, "letters, digits and _ . - / in a parameter's name");
            if (name.indexOf('/') > 0) {
                throw inName(0, "a path that does not begin with '/'", "'/' before the first part of the path");
            }
            noEmptySegments(name.startsWith("/") ? 1 : 0);
        }
        reference.version().ifPresent(version -> {
            if (!NUMBER.matcher(version).matches()
                    && !SSM_LABEL.matcher(version).matches()) {
                throw inVersion(
                        "neither a version number nor a label",
                        "a number from 1, or a label (letters, digits, _ . -; not beginning with a digit, aws or ssm)");
            }
        });
    }

    private void secretsManager() {
        if (reference.name().startsWith("arn:")) {
            matches(SECRETS_MANAGER_ARN, "arn:<partition>:secretsmanager:<region>:<account>:secret:<name>");
        } else {
            // CreateSecret takes all but the '!', which the names of AWS services' own secrets have: rds!cluster-...
            onlyCharacters("/_+=.@-!", SECRETS_MANAGER_NAME_LIMIT, SECRET_CHARACTERS);
        }
        checkStage();
    }

    private void checkStage() {
        reference.version().ifPresent(version -> {
            if (version.length() > 256) {
                throw inVersion("more than 256 characters", "a stage such as AWSPREVIOUS, or a version id");
            }
        });
    }

    private void vault() {
        String path = reference.name();
        if (path.startsWith("/")) {
            throw inName(0, "a leading '/'", MOUNT_AND_PATH);
        }
        int slash = path.indexOf('/');
        if (slash < 0) {
            throw inName(path.length(), "a mount without a path", MOUNT_AND_PATH);
        }
        noEmptySegments(0);
        for (int at = 0; at < path.length(); at = segmentEnd(path, at) + 1) {
            String segment = path.substring(at, segmentEnd(path, at));
            if (segment.equals(".") || segment.equals("..")) {
                throw inName(at, "'" + segment + "' as a part of the path", "a path without . and ..");
            }
        }
        if (VaultMachinery.isIn(path)) {
            throw inName(
                    0,
                    "a path of Vault's own API",
                    "a secret's path; auth/, sys/, identity/ and cubbyhole/ are never read");
        }
        reference.version().ifPresent(version -> {
            if (!NUMBER.matcher(version).matches()) {
                throw inVersion("no KV version", "a number from 1");
            }
        });
    }

    private void matches(Pattern pattern, String expected) {
        if (!pattern.matcher(reference.name()).matches()) {
            throw inName(
                    0,
                    reference.name().matches("arn:[a-z-]+:(ssm|secretsmanager):.*")
                            ? "an ARN of another form, or of another kind of source"
                            : "an ARN of another form",
                    expected);
        }
    }

    private void onlyCharacters(String others, int limit, String expected) {
        String name = reference.name();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && others.indexOf(c) < 0) {
                throw inName(i, "a character that is not valid in this name", expected);
            }
        }
        if (name.length() > limit) {
            throw inName(limit, "a name that is too long", "at most " + limit + " characters");
        }
    }

    private void noEmptySegments(int from) {
        String path = reference.name();
        for (int at = from; at <= path.length(); at = segmentEnd(path, at) + 1) {
            if (segmentEnd(path, at) == at) {
                throw inName(at, "an empty part of the path", "a name between two '/' and after the last");
            }
        }
    }

    private static int segmentEnd(String path, int from) {
        int slash = path.indexOf('/', from);
        return slash < 0 ? path.length() : slash;
    }

    /** @param index into the decoded name; the position counts encoded characters before it as they were typed */
    private MalformedReferenceException inName(int index, String found, String expected) {
        int before =
                PercentEncoding.encode(reference.name().substring(0, index)).length();
        return new MalformedReferenceException(reference.source().length() + 2 + before, found, expected);
    }

    private MalformedReferenceException inVersion(String found, String expected) {
        int before = PercentEncoding.encode(reference.name()).length();
        return new MalformedReferenceException(
                reference.source().length() + before + "?version=".length() + 2, found, expected);
    }
}
