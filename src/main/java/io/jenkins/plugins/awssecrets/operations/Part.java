package io.jenkins.plugins.awssecrets.operations;

import java.util.List;

/**
 * The beginning of a table that may be long.
 *
 * @param hidden how many rows are left out: a search finds them
 */
public record Part<T>(List<T> rows, int hidden) {
    static <T> Part<T> of(List<T> all) {
        return new Part<>(all.stream().limit(Search.ROWS).toList(), Math.max(0, all.size() - Search.ROWS));
    }

    // Jelly reads properties of beans.
    public List<T> getRows() {
        return rows;
    }

    public int getHidden() {
        return hidden;
    }
}
