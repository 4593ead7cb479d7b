package io.jenkins.plugins.awssecrets.step;

/** Shell lines of a block about the file that {@code credential_process} prints. */
final class KeysOfBlock {
    /** Its path into {@code F}. */
    static final String FILE = """
        F=$(sed -n "s/^credential_process = cat '\\\\(.*\\\\)'$/\\\\1/p" "$AWS_CONFIG_FILE" | head -n 1)
        """;

    /** The same, and then waits until it was written anew, a minute at most. */
    static final String UNTIL_RENEWED = FILE
            + "K=$(cat \"$F\"); i=0; while [ \"$K\" = \"$(cat \"$F\")\" ] && [ $i -lt 300 ]; do sleep 0.2; i=$((i+1));"
            + " done\n";

    private KeysOfBlock() {}
}
