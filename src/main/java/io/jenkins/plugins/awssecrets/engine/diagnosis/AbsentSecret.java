package io.jenkins.plugins.awssecrets.engine.diagnosis;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.Inventory;
import io.jenkins.plugins.awssecrets.engine.source.Inventory.Item;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Why a secret is not where a reference looks for it. */
final class AbsentSecret {
    private static final Pattern ARN = Pattern.compile("arn:[^:]*:[a-z]+:([a-z0-9-]+):\\d*:.*");

    private final Map<String, SourceKind> kinds;
    private final Map<String, Inventory> inventories;

    AbsentSecret(Map<String, SourceKind> kinds, Map<String, Inventory> inventories) {
        this.kinds = kinds;
        this.inventories = inventories;
    }

    /** Whether it is an ARN that names another region than the source's. */
    boolean isOfAnotherRegion(Locator locator) {
        return regionOfArn(locator).isPresent()
                && region(locator.source()).isPresent()
                && !regionOfArn(locator).equals(region(locator.source()));
    }

    Finding find(Locator locator, SecretException why) {
        String source = locator.source();
        if (isOfAnotherRegion(locator)) {
            String wanted = regionOfArn(locator).orElseThrow();
            return told(
                    why,
                    source,
                    Cause.WRONG_REGION,
                    "the ARN is of " + wanted + ", and source " + source + " looks in "
                            + region(source).orElseThrow(),
                    withRegion(source, wanted)
                            .map(other -> "use source " + other)
                            .orElse("use a source whose region is " + wanted));
        }
        Optional<Item> listed = inventory(source).find(locator.name());
        if (listed.filter(item -> item.deleted().isPresent()).isPresent()) {
            return pendingDeletion(locator, why);
        }
        if (listed.isPresent()) {
            return noSuchVersion(locator, why, listed.get());
        }
        return elsewhere(locator, why).or(() -> emptyRegion(source, why)).orElseGet(() -> noSuchName(locator, why));
    }

    Finding pendingDeletion(Locator locator, SecretException why) {
        String since = inventory(locator.source())
                .find(locator.name())
                .flatMap(Item::deleted)
                .map(at -> " since " + at.truncatedTo(ChronoUnit.SECONDS))
                .orElse("");
        return told(
                why,
                locator.source(),
                Cause.PENDING_DELETION,
                "scheduled for deletion" + since,
                "restore it (secretsmanager:RestoreSecret) before its recovery window ends, or refer to another one");
    }

    private static Finding noSuchVersion(Locator locator, SecretException why, Item item) {
        String asked = locator.version().map(v -> "version '" + v + "'").orElse("a current version");
        String current =
                item.metadata().version().map(v -> "; the current one is " + v).orElse("; it has no current value");
        return told(
                why,
                locator.source(),
                Cause.NO_SUCH_VERSION,
                "the secret exists, but does not have " + asked + current,
                locator.version().isPresent()
                        ? "use a version, label or stage that exists, or remove it"
                        : "write a value to it");
    }

    private Optional<Finding> elsewhere(Locator locator, SecretException why) {
        return inventories.entrySet().stream()
                .filter(other -> !other.getKey().equals(locator.source()))
                .flatMap(other -> spellings(locator.name())
                        .filter(name -> other.getValue()
                                .find(name)
                                .filter(item -> item.deleted().isEmpty())
                                .isPresent())
                        .map(name -> Map.entry(other.getKey(), name)))
                .sorted(Map.Entry.comparingByKey())
                .findFirst()
                .map(other -> inAnother(locator, other.getKey(), other.getValue(), why));
    }

    /** Names of Parameter Store begin with {@code /} where those of Secrets Manager do not. */
    private static Stream<String> spellings(String name) {
        return Stream.of(name, name.startsWith("/") ? name.substring(1) : "/" + name);
    }

    private Finding inAnother(Locator locator, String other, String name, SecretException why) {
        String source = locator.source();
        boolean sameKind = kinds.get(other) == kinds.get(source);
        boolean otherRegion =
                sameKind && region(other).isPresent() && !region(other).equals(region(source));
        return told(
                why,
                source,
                otherRegion ? Cause.WRONG_REGION : Cause.WRONG_SOURCE,
                otherRegion
                        ? "it is not in " + region(source).orElse("this region") + "; source " + other + " has it in "
                                + region(other).orElseThrow()
                        : "it is not in source " + source + "; source " + other + " has one of this name"
                                + (name.equals(locator.name()) ? "" : " (" + name + ")"),
                "refer to " + other + ":" + name + (otherRegion ? ", or set the source's region" : ""));
    }

    private Optional<Finding> emptyRegion(String source, SecretException why) {
        return inventory(source)
                .region()
                .filter(any -> inventory(source).isWhole()
                        && inventory(source).secrets().isEmpty())
                .map(region -> told(
                        why,
                        source,
                        Cause.WRONG_REGION,
                        "nothing was found in " + region + " for this account: the region is probably another one",
                        "set the region of source " + source + " to the one that holds the secrets"));
    }

    private Finding noSuchName(Locator locator, SecretException why) {
        Inventory inventory = inventory(locator.source());
        List<String> near = Spelling.near(
                locator.name(),
                inventory.secrets().stream()
                        .filter(item -> item.deleted().isEmpty())
                        .map(Item::name)
                        .toList());
        String unlisted = inventory
                .problem()
                .flatMap(SecretException::permission)
                .map(needed -> ". Suggestions of similar names need " + needed)
                .orElse("");
        return near.isEmpty()
                ? told(why, locator.source(), Cause.NO_SUCH_NAME, why.reason(), why.fix() + unlisted)
                : told(
                        why,
                        locator.source(),
                        Cause.NO_SUCH_NAME,
                        why.reason() + "; similar names: " + String.join(", ", near),
                        "refer to " + Reference.of(locator.source(), near.get(0), Optional.empty())
                                + " if that is intended, or create the secret");
    }

    private Optional<String> withRegion(String source, String wanted) {
        return inventories.entrySet().stream()
                .filter(e -> kinds.get(e.getKey()) == kinds.get(source))
                .filter(e -> e.getValue().region().filter(wanted::equals).isPresent())
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }

    private static Optional<String> regionOfArn(Locator locator) {
        Matcher arn = ARN.matcher(locator.name());
        return arn.matches() ? Optional.of(arn.group(1)) : Optional.empty();
    }

    private Optional<String> region(String source) {
        return inventory(source).region();
    }

    private Inventory inventory(String source) {
        return inventories.getOrDefault(source, Inventory.NOTHING);
    }

    private static Finding told(SecretException why, String source, Cause cause, String reason, String fix) {
        return new Finding(
                why.subject(),
                Optional.of(source),
                cause,
                Severity.FAILED,
                cause.problem(),
                reason,
                fix,
                Optional.empty());
    }
}
