package io.jenkins.plugins.awssecrets.cli.values;

import io.jenkins.plugins.awssecrets.cli.output.UsageException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What {@code --format} takes, also for the completion of shells: the constants of an enumeration in lower case. */
abstract class FormatWords<F extends Enum<F>> implements Iterable<String> {
    private final Map<String, F> formats = new LinkedHashMap<>();

    FormatWords(Class<F> type) {
        for (F format : type.getEnumConstants()) {
            formats.put(format.name().toLowerCase(Locale.ROOT), format);
        }
    }

    F named(String word) {
        F format = formats.get(word);
        if (format == null) {
            throw new UsageException("option --format", "unknown format", "use " + String.join(", ", formats.keySet()));
        }
        return format;
    }

    @Override
    public Iterator<String> iterator() {
        return formats.keySet().iterator();
    }
}
