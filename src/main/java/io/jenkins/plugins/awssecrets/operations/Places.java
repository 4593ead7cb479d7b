package io.jenkins.plugins.awssecrets.operations;

/** Folders and Jenkins itself, as the page names them. */
final class Places {
    private Places() {}

    /** @param fullName of a folder; empty for Jenkins itself */
    static String name(String fullName) {
        return fullName.isEmpty() ? "Global" : fullName;
    }
}
