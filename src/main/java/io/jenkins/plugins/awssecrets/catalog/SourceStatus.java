package io.jenkins.plugins.awssecrets.catalog;

import hudson.model.ItemGroup;
import io.jenkins.plugins.awssecrets.engine.resolve.Listing;
import io.jenkins.plugins.awssecrets.engine.resolve.guard.Breaker;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Optional;

/**
 * How a source stands, for people and metrics.
 *
 * @param owner Jenkins, or the folder whose property declares the source
 * @param discovered whether its secrets with tags become credentials, where the place allows it
 * @param breaker whether its backend is being called; empty while nobody asked it for anything since the start or the
 *     last change of the configuration
 * @param listing what is known of its secrets; empty while nobody asked for credentials that may be in it
 */
public record SourceStatus(
        String id,
        SourceKind kind,
        ItemGroup<?> owner,
        boolean discovered,
        Optional<Breaker.State> breaker,
        Optional<Listing> listing) {}
