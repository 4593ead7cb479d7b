package io.jenkins.plugins.awssecrets.engine.diagnosis;

import io.jenkins.plugins.awssecrets.engine.Permission;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.source.Inventory;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Map;
import java.util.Optional;

/** From a failure to its cause, with what the inventories tell beyond it. */
final class CauseFinder {
    private final Map<String, SourceKind> kinds;
    private final Map<String, Inventory> inventories;
    private final AbsentSecret absent;

    /** @param inventories by source id; sources of which nothing is known may be left out */
    CauseFinder(Map<String, SourceKind> kinds, Map<String, Inventory> inventories) {
        this.kinds = kinds;
        this.inventories = inventories;
        this.absent = new AbsentSecret(kinds, inventories);
    }

    /** Of a source as a whole. */
    Finding ofSource(String source, SecretException why, Severity severity) {
        return finding(why, source, cause(why, source), severity, why.reason(), why.fix());
    }

    /** Of a credential whose secrets were read, and are not what it is for. */
    Finding of(CredentialDefinition credential, SecretException why, Severity severity) {
        return credential.references().stream()
                .findFirst()
                .map(reference -> ofSource(reference.source(), why, severity))
                .orElseThrow(() -> why);
    }

    /** Of one secret that could not be read, or whose value is not what a field needs. */
    Finding of(Locator locator, SecretException why) {
        String source = locator.source();
        if (isAbsence(locator, why)) {
            return absent.find(locator, why);
        }
        Cause cause = cause(why, source);
        return switch (cause) {
            case PENDING_DELETION -> absent.pendingDeletion(locator, why);
            case KEY_DENIED -> keyDenied(locator, why);
            case MEMBER_MISSING ->
                finding(
                        why,
                        source,
                        cause,
                        Severity.FAILED,
                        why.reason(),
                        Spelling.nearest(missing(why), why.choices())
                                        .map(near -> "it has '" + near + "', which may be intended: ")
                                        .orElse("")
                                + why.fix());
            default -> ofSource(source, why, Severity.FAILED);
        };
    }

    /** A name that no longer leads anywhere is told as not found, and an ARN of another region as denied or malformed. */
    private boolean isAbsence(Locator locator, SecretException why) {
        return why.problem() == Problem.NOT_FOUND
                || (why.problem() == Problem.DENIED || why.problem() == Problem.MALFORMED)
                        && absent.isOfAnotherRegion(locator);
    }

    private Cause cause(SecretException why, String source) {
        return switch (why.problem()) {
            case MALFORMED -> Cause.MALFORMED;
            case NOT_FOUND -> Cause.NO_SUCH_NAME;
            // Secrets Manager keeps what is deleted for its recovery window, and afterwards nothing is left of it.
            case DELETED -> kinds.get(source) == SourceKind.SECRETS_MANAGER ? Cause.PENDING_DELETION : Cause.DELETED;
            case FIELD_MISSING -> Cause.MEMBER_MISSING;
            case WRONG_SHAPE -> why.choices().isEmpty() ? Cause.NOT_JSON : Cause.MEMBER_NOT_NAMED;
            case BINARY -> Cause.BINARY;
            case UNSUITABLE -> Cause.UNSUITABLE;
            case EMPTY -> Cause.EMPTY;
            case DENIED -> why.permission().map(CauseFinder::denied).orElse(Cause.KEY_UNUSABLE);
            case UNAUTHENTICATED -> Cause.LOGIN_REFUSED;
            case UNREACHABLE -> Cause.UNREACHABLE;
            case THROTTLED -> Cause.THROTTLED;
            case TIMEOUT -> Cause.TIMED_OUT;
            case REFUSED, ABORTED, INTERNAL -> Cause.OTHER;
        };
    }

    private static Cause denied(Permission permission) {
        return switch (permission.action()) {
            case "kms:Decrypt" -> Cause.KEY_DENIED;
            case "secretsmanager:ListSecrets", "ssm:DescribeParameters", "ssm:ListTagsForResource", "list" ->
                Cause.LISTING_DENIED;
            default -> Cause.ACTION_DENIED;
        };
    }

    /** KMS does not say which key it was; the listing may. */
    private Finding keyDenied(Locator locator, SecretException why) {
        Optional<String> key = inventories
                .getOrDefault(locator.source(), Inventory.NOTHING)
                .find(locator.name())
                .flatMap(Inventory.Item::keyInPolicies);
        boolean unknown = why.permission().filter(p -> p.resource().equals("*")).isPresent();
        if (key.isEmpty() || !unknown) {
            return ofSource(locator.source(), why, Severity.FAILED);
        }
        SecretException told = why.lacking(new Permission("kms:Decrypt", key.get()));
        return finding(
                told,
                locator.source(),
                Cause.KEY_DENIED,
                Severity.FAILED,
                why.reason(),
                "allow kms:Decrypt on key " + key.get()
                        + ", in the caller's and the key's policy, and check that the key is enabled");
    }

    /** The name in the reason's quotes: what was asked for. */
    private static String missing(SecretException why) {
        int start = why.reason().indexOf('\'') + 1;
        int end = why.reason().indexOf('\'', start);
        return start > 0 && end > start ? why.reason().substring(start, end) : "";
    }

    static Finding finding(
            SecretException why, String source, Cause cause, Severity severity, String reason, String fix) {
        return new Finding(
                why.subject(), Optional.of(source), cause, severity, why.problem(), reason, fix, why.permission());
    }
}
