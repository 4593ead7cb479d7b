package io.jenkins.plugins.awssecrets.catalog;

import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.engine.resolve.Listing;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.Breaker;
import io.jenkins.plugins.awssecrets.engine.source.LoginLife;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Instant;
import java.util.Optional;

/**
 * How a source stands, for people and metrics.
 *
 * @param owner Jenkins, or the folder whose property declares the source
 * @param discovered whether its secrets with tags become credentials
 * @param configured whether somebody asked for it; the other ones are there by default
 * @param breaker whether its backend is being called; empty while nobody asked it for anything since the start or the
 *     last change of the configuration
 * @param listing what is known of its secrets; empty while nobody asked for credentials that may be in it
 * @param listingFails since when listing has failed each time; empty when the last one did not
 * @param login how long its login lasts, where that is known and it ends
 */
public record SourceStatus(
        String id,
        SourceKind kind,
        ItemGroup<?> owner,
        boolean discovered,
        boolean configured,
        Optional<Breaker.State> breaker,
        Optional<Listing> listing,
        Optional<Instant> listingFails,
        Optional<LoginLife> login) {
    /** A name that no other source of this Jenkins has: {@code sm}, or {@code team/web/sm} of a folder. */
    public String fullName() {
        return fullName(owner, id);
    }

    /** The name of an owner's source. */
    public static String fullName(ItemGroup<?> owner, String id) {
        String place = owner.getFullName();
        return place.isEmpty() ? id : place + "/" + id;
    }
}
