package io.jenkins.plugins.awssecrets.config.forms;

import java.util.ArrayList;
import java.util.List;

/** Lists as they come out of XML that an older version wrote or somebody edited. */
public final class ReadBack {
    private ReadBack() {}

    /** Those that are of the type, in a list of its own; none where there is no list. */
    public static <T> List<T> list(List<?> read, Class<T> type) {
        List<T> known = new ArrayList<>();
        for (Object one : read == null ? List.of() : read) {
            if (type.isInstance(one)) {
                known.add(type.cast(one));
            }
        }
        return known;
    }
}
