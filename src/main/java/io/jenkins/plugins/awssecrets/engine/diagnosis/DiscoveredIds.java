package io.jenkins.plugins.awssecrets.engine.diagnosis;

import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which of several credentials of one id is shown: a declared one first, then the first source's. */
final class DiscoveredIds {
    private final Setup setup;
    private final Map<String, CredentialDefinition> shown = new LinkedHashMap<>();
    private final Map<String, List<Finding>> shadows = new LinkedHashMap<>();
    private final Map<String, List<Finding>> hiding = new LinkedHashMap<>();

    DiscoveredIds(Setup setup, Map<String, DiscoveryReview> reviews) {
        this.setup = setup;
        Map<String, CredentialDefinition> declared = new LinkedHashMap<>();
        setup.credentials().forEach(c -> declared.put(c.id(), c));
        reviews.forEach((source, review) -> review.credentials().forEach((id, credential) -> {
            if (declared.containsKey(id)) {
                if (!sameSecret(declared.get(id), credential)) {
                    note(hiding, id, hides(source, credential));
                }
            } else if (shown.containsKey(id)) {
                note(shadows, id, twice(source, credential, shown.get(id)));
            } else {
                shown.put(id, credential);
            }
        }));
    }

    List<CredentialDefinition> shown() {
        return List.copyOf(shown.values());
    }

    /** What a declared credential of this id hides, and who else has the id. */
    List<Finding> hiding(String id) {
        return withElsewhere(id, hiding);
    }

    /** Who else claims the id of a discovered credential. */
    List<Finding> shadows(String id) {
        return withElsewhere(id, shadows);
    }

    private List<Finding> withElsewhere(String id, Map<String, List<Finding>> own) {
        List<Finding> all = new ArrayList<>(own.getOrDefault(id, List.of()));
        if (setup.elsewhere().containsKey(id)) {
            all.add(new Finding(
                    "credential " + id,
                    Optional.empty(),
                    Cause.SHADOWED,
                    Severity.WARNING,
                    Cause.SHADOWED.problem(),
                    setup.elsewhere().get(id)
                            + " has a credential with this id too, and which one a job gets depends on"
                            + " their order",
                    "give one of the two another id",
                    Optional.empty()));
        }
        return all;
    }

    private static Finding hides(String source, CredentialDefinition discovered) {
        return Finding.of(
                "credential " + discovered.id(),
                source,
                Cause.SHADOWED,
                Severity.WARNING,
                "the secret " + secret(discovered) + " has the tags of this credential, and the declared one"
                        + " hides it",
                "give one of the two another id, or remove the tag jenkins:credentials:type from the secret");
    }

    private static Finding twice(String source, CredentialDefinition hidden, CredentialDefinition shown) {
        return Finding.of(
                "credential " + hidden.id(),
                source,
                Cause.SHADOWED,
                Severity.WARNING,
                "both " + secret(shown) + " and " + secret(hidden) + " have the tags of this credential",
                "set a filter on one of the sources, or declare the intended one");
    }

    /** A declaration that spells out the fields of the very secret is no other credential. */
    private static boolean sameSecret(CredentialDefinition declared, CredentialDefinition discovered) {
        return declared.references().stream().map(Reference::locator).anyMatch(l -> discovered.references().stream()
                .map(Reference::locator)
                .anyMatch(l::equals));
    }

    private static String secret(CredentialDefinition credential) {
        return credential.references().stream()
                .findFirst()
                .map(r -> r.locator().toString())
                .orElse(credential.id());
    }

    private static void note(Map<String, List<Finding>> findings, String id, Finding finding) {
        findings.computeIfAbsent(id, i -> new ArrayList<>()).add(finding);
    }
}
