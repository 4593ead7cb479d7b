package io.jenkins.plugins.awssecrets.credentials;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.Util;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a credential shows of itself without any value.
 *
 * @param note how old this is, where its source could not be asked again; empty where there is nothing to say
 */
record Identity(CredentialsScope scope, String id, String description, String note) {
    static Identity of(CatalogEntry entry) {
        return new Identity(
                entry.system() ? CredentialsScope.SYSTEM : CredentialsScope.GLOBAL,
                entry.definition().id(),
                entry.definition().description(),
                note(entry));
    }

    /** The description, or the id where there is none, with the age of what is known. */
    String name() {
        return described(description.isBlank() ? id : description, note);
    }

    /** For a list of ids: the id, with the description and the age of what is known. */
    String label() {
        return described(id, description, note);
    }

    private static String described(String name, String... about) {
        String added = Stream.of(about).filter(text -> !text.isBlank()).collect(Collectors.joining("; "));
        return added.isEmpty() ? name : name + " (" + added + ")";
    }

    private static String note(CatalogEntry entry) {
        if (entry.problem().isEmpty()) {
            return "";
        }
        String age = entry.asOf()
                .map(at -> Util.getTimeSpanString(
                        Math.max(0, Duration.between(at, Instant.now()).toMillis())))
                .map(span -> "known as of " + span + " ago, ")
                .orElse("");
        String source = entry.metadata().map(SecretMetadata::source).orElse("");
        return age + "source " + source + " cannot be listed";
    }
}
