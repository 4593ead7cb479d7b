package io.jenkins.plugins.awssecrets.step.binding;

import io.jenkins.plugins.awssecrets.engine.source.aws.AssumedKeys;
import java.util.Optional;

/**
 * A session that a binding has in the place of stored keys.
 *
 * @param prefix what the names of its variables begin with
 * @param region of its profile
 */
public record RoleSession(String prefix, AssumedKeys keys, Optional<String> region) {}
