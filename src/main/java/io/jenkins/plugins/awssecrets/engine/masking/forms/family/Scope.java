package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

/** How much of the families a subject is worth, so that the set of a large secret stays bounded. */
public enum Scope {
    /** A secret, or a leaf of a JSON secret: everything. */
    WHOLE,
    /** A line of a secret: everything but the forms cut by a line break at an unknown column. */
    PART,
    /** A secret over 8 KiB, or one of very many lines: plain, base64, hex, JSON and percent in their usual spelling. */
    CORE
}
