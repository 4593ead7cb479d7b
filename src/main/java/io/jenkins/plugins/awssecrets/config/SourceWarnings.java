package io.jenkins.plugins.awssecrets.config;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.config.sources.SourceConfiguration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;

/**
 * Warns administrators of folders' sources that take what belongs to the controller, however they came in, and of
 * sources whose address has no TLS. Looks at them in the background after each change of the configuration.
 */
@Extension
@Symbol("awsSecretsWarnings")
public final class SourceWarnings extends AdministrativeMonitor {
    private static final Instant NEVER = Instant.MIN;

    private final AtomicReference<Instant> begun = new AtomicReference<>(NEVER);
    private volatile List<SourceWarning> found = List.of();

    @Override
    public String getDisplayName() {
        return Messages.SourceWarnings_DisplayName();
    }

    @Override
    public boolean isActivated() {
        Instant changed = Catalog.get().changed();
        Instant last = begun.get();
        if (last.isBefore(changed) && begun.compareAndSet(last, changed)) {
            Catalog.get().executor().execute(() -> found = look());
        }
        return !found.isEmpty();
    }

    /** As of the last look. */
    public List<SourceWarning> getWarnings() {
        return found;
    }

    private static List<SourceWarning> look() {
        List<SourceWarning> warnings = new ArrayList<>();
        AwsSecretsConfiguration.get().getSources().forEach(source -> addWithoutTls("", source, warnings));
        for (AbstractFolder<?> folder : Jenkins.get().allItems(AbstractFolder.class)) {
            AwsSecretsFolderProperty.of(folder).ifPresent(property -> {
                property.refusals()
                        .forEach((id, why) -> warnings.add(
                                new SourceWarning(folder.getFullName(), id, true, why.reason(), why.fix())));
                property.getSources().forEach(source -> addWithoutTls(folder.getFullName(), source, warnings));
            });
        }
        return List.copyOf(warnings);
    }

    private static void addWithoutTls(String place, SourceConfiguration source, List<SourceWarning> warnings) {
        source.withoutTls()
                .forEach(key -> warnings.add(new SourceWarning(
                        place,
                        source.getId(),
                        false,
                        "its " + key
                                + " has no TLS: everyone on the network between can read the login and the secrets",
                        "use https")));
    }
}
