package io.jenkins.plugins.awssecrets.operations;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import io.jenkins.plugins.awssecrets.credentials.AwsSecretsCredentialsProvider;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The credentials of other plugins. Some of them ask a network for these, and nobody knows for how long. */
final class OtherProviders {
    private static final Logger LOGGER = Logger.getLogger(OtherProviders.class.getName());

    private OtherProviders() {}

    /**
     * Who has a credential of an id that a job in this place may get, by that id. Nobody, where that cannot be found out
     * in time: it is one hint less.
     */
    static Map<String, String> ids(ItemGroup<?> place, ExecutorService executor, Duration patience)
            throws InterruptedException {
        Future<Map<String, String>> ids = executor.submit(() -> ids(place));
        try {
            return ids.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.FINE, "The ids of other providers could not be listed in time", e);
            return Map.of();
        } finally {
            ids.cancel(true);
        }
    }

    private static Map<String, String> ids(ItemGroup<?> place) {
        Map<String, String> ids = new LinkedHashMap<>();
        for (CredentialsProvider provider : CredentialsProvider.enabled(place)) {
            if (!(provider instanceof AwsSecretsCredentialsProvider)) {
                add(provider, place, ids);
            }
        }
        return ids;
    }

    private static void add(CredentialsProvider provider, ItemGroup<?> place, Map<String, String> ids) {
        try {
            provider.getCredentialsInItemGroup(IdCredentials.class, place, ACL.SYSTEM2, List.of())
                    .forEach(credential ->
                            ids.putIfAbsent(credential.getId(), "the provider '" + provider.getDisplayName() + "'"));
        } catch (RuntimeException e) {
            // Its own trouble; without its ids there is one hint less.
            LOGGER.log(Level.FINE, "The ids of another provider could not be listed", e);
        }
    }
}
