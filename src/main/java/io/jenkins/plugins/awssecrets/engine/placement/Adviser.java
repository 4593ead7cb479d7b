package io.jenkins.plugins.awssecrets.engine.placement;

import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.FieldValue;
import io.jenkins.plugins.awssecrets.engine.credential.kind.FieldSpec;
import io.jenkins.plugins.awssecrets.engine.placement.Advice.Kind;
import io.jenkins.plugins.awssecrets.engine.placement.Placement.Place;
import io.jenkins.plugins.awssecrets.engine.source.Inventory;
import io.jenkins.plugins.awssecrets.engine.source.Inventory.Item;
import io.jenkins.plugins.awssecrets.engine.source.Inventory.Kept;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reckons what the credentials' placement costs and tells what should be kept elsewhere or rotate. Reads no value. */
public final class Adviser {
    private static final int BUILDS = 1000;

    private final Map<String, SourceKind> kinds;
    private final Map<String, Inventory> inventories;
    private final Prices prices;
    private final RotationLimits limits;
    private final RotationReview rotation;

    /**
     * @param kinds by source id
     * @param inventories by source id; a source without one tells nothing
     */
    public Adviser(
            Map<String, SourceKind> kinds,
            Map<String, Inventory> inventories,
            Prices prices,
            RotationLimits limits,
            Instant now) {
        this.kinds = Map.copyOf(kinds);
        this.inventories = Map.copyOf(inventories);
        this.prices = prices;
        this.limits = limits;
        this.rotation = new RotationReview(now);
    }

    /** One field of one credential, and the secret that it comes from. */
    private record Use(String credential, FieldSpec field, Locator secret) {}

    /** All credentials' placements. Versions of one secret are one secret. */
    public List<Placement> of(List<CredentialDefinition> credentials) {
        Map<Locator, List<Use>> uses = new LinkedHashMap<>();
        credentials.forEach(c -> uses(c).forEach(use ->
                uses.computeIfAbsent(use.secret(), s -> new ArrayList<>()).add(use)));
        return credentials.stream().map(c -> placement(c, uses)).toList();
    }

    /** What all placements cost together: a secret of several credentials is paid once. */
    public static BigDecimal month(List<Placement> placements) {
        Map<String, BigDecimal> bySecret = new LinkedHashMap<>();
        placements.forEach(p -> p.places().forEach(place -> bySecret.put(place.secret(), place.month())));
        return bySecret.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Placement placement(CredentialDefinition credential, Map<Locator, List<Use>> uses) {
        Map<Locator, List<String>> fields = new LinkedHashMap<>();
        List<Advice> advice = new ArrayList<>();
        for (Use use : uses(credential)) {
            fields.computeIfAbsent(use.secret(), s -> new ArrayList<>())
                    .add(use.field().name());
            advice.addAll(advice(credential, use, uses.get(use.secret())));
        }
        List<Place> places = new ArrayList<>();
        fields.forEach((secret, names) -> {
            Service service = service(secret);
            places.add(new Place(
                    secret.toString(), names, service, prices.month(service), prices.reads(service, BUILDS), (int)
                            uses.get(secret).stream()
                                    .map(Use::credential)
                                    .distinct()
                                    .count()));
        });
        return new Placement(credential.id(), places, advice);
    }

    private List<Advice> advice(CredentialDefinition credential, Use use, List<Use> ofSecret) {
        Service service = service(use.secret());
        if (service == Service.NOWHERE || service == Service.MADE) {
            return List.of();
        }
        List<Advice> advice = new ArrayList<>();
        moveToParameterStore(use, ofSecret).ifPresent(advice::add);
        Optional<Item> item = item(use.secret());
        if (use.field().secret() && item.filter(i -> isPlain(i.kept())).isPresent()) {
            advice.add(new Advice(
                    Kind.KEPT_IN_THE_CLEAR,
                    use.credential(),
                    use.field().name(),
                    use.secret().toString(),
                    "it is a secret, and the parameter is not encrypted",
                    "make it a SecureString",
                    Optional.empty()));
        }
        limits.of(credential.kind(), use.field())
                .filter(days -> !isMadeAnew(use.secret()))
                .flatMap(days -> item.map(i -> rotation.of(
                                use.credential(),
                                use.field().name(),
                                use.secret(),
                                kinds.get(use.secret().source()),
                                i,
                                days))
                        .orElseGet(() -> Optional.of(unknown(use))))
                .ifPresent(advice::add);
        return advice;
    }

    /** Only where no field that is a secret comes from it: beside one, a name costs nothing. */
    private Optional<Advice> moveToParameterStore(Use use, List<Use> ofSecret) {
        boolean onlyPlain = ofSecret.stream().noneMatch(u -> u.field().secret());
        if (!onlyPlain || kinds.get(use.secret().source()) != SourceKind.SECRETS_MANAGER) {
            return Optional.empty();
        }
        return Optional.of(new Advice(
                Kind.MOVE_TO_PARAMETER_STORE,
                use.credential(),
                use.field().name(),
                use.secret().toString(),
                "the field is not secret, and nothing else in it is used",
                "store it as a standard parameter in Parameter Store, which is free",
                Optional.of(prices.month(Service.SECRETS_MANAGER))));
    }

    private static Advice unknown(Use use) {
        return new Advice(
                Kind.UNKNOWN,
                use.credential(),
                use.field().name(),
                use.secret().toString(),
                "the source does not report when it was changed",
                "allow the source to list its secrets, or check there",
                Optional.empty());
    }

    private static Set<Use> uses(CredentialDefinition credential) {
        Set<Use> uses = new LinkedHashSet<>();
        credential.fields().forEach((name, value) -> {
            FieldSpec field = credential.kind().field(name).orElseThrow();
            if (value instanceof FieldValue.Referenced referenced) {
                uses.add(new Use(
                        credential.id(), field, secret(referenced.reference().locator())));
            } else if (value instanceof FieldValue.Member member) {
                uses.add(new Use(credential.id(), field, secret(member.from().locator())));
            }
        });
        return uses;
    }

    private static Locator secret(Locator version) {
        return new Locator(version.source(), version.name(), Optional.empty());
    }

    private Service service(Locator secret) {
        if (Minting.isName(secret.name())) {
            return Service.MADE;
        }
        SourceKind kind = kinds.get(secret.source());
        Optional<Item> item = item(secret);
        // Of Vault no more is listed than what is below the mounts in question.
        boolean absent = item.isEmpty() && inventory(secret).isWhole() && kind != SourceKind.VAULT;
        return absent ? Service.NOWHERE : Service.of(kind, item.map(Item::kept).orElse(Kept.ENCRYPTED));
    }

    private Optional<Item> item(Locator secret) {
        return inventory(secret).find(secret.name());
    }

    private Inventory inventory(Locator secret) {
        return inventories.getOrDefault(secret.source(), Inventory.NOTHING);
    }

    /** A dynamic secret of Vault's is new at each read. */
    private boolean isMadeAnew(Locator secret) {
        Inventory.ReadPath path = inventory(secret).readPaths().get(secret.name());
        return path != null && path.leased();
    }

    private static boolean isPlain(Kept kept) {
        return kept == Kept.PLAIN || kept == Kept.PLAIN_ADVANCED;
    }
}
