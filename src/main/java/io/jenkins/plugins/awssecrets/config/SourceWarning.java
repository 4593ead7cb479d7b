package io.jenkins.plugins.awssecrets.config;

/**
 * A source that uses what it should not.
 *
 * @param place full name of the folder; empty for Jenkins itself
 * @param source its id
 * @param refused whether it does not work for that
 * @param reason without a full stop
 * @param fix what to do about it, without a full stop
 */
public record SourceWarning(String place, String source, boolean refused, String reason, String fix) {}
