package io.jenkins.plugins.awssecrets.engine.source;

import java.time.Instant;

/**
 * How long a source's present login lasts.
 *
 * @param method what it was made with, for people, such as {@code the token given}
 * @param ends when it ends unless it is renewed
 * @param renewable whether the source can make it last longer by itself, by renewing it or by a new login
 */
public record LoginLife(String method, Instant ends, boolean renewable) {}
