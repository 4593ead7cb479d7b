package io.jenkins.plugins.awssecrets.operations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The credentials that a search finds, what has a problem first, a page at a time. */
public final class CredentialTable {
    private static final List<State> PROBLEMS = List.of(State.FAILS, State.DOWN, State.WARNING);

    private final Search search;
    private final int all;
    private final Map<String, Integer> states = new LinkedHashMap<>();
    private final List<CredentialRow> found;

    CredentialTable(List<CredentialRow> rows, Search search) {
        this.search = search;
        this.all = rows.size();
        List<CredentialRow> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingInt(row -> rank(row.getState())));
        sorted.forEach(row -> states.merge(row.getState().word(), 1, Integer::sum));
        this.found = sorted.stream()
                .filter(row -> search.takes(row.getState()) && search.finds(texts(row)))
                .toList();
    }

    private static int rank(State state) {
        int index = PROBLEMS.indexOf(state);
        return index < 0 ? PROBLEMS.size() : index;
    }

    private static Stream<String> texts(CredentialRow row) {
        return Stream.concat(
                Stream.of(row.getId(), row.getKind(), row.getKindName(), row.getDescription(), row.getPlaceName()),
                row.getFields().stream().map(CredentialRow.Field::from));
    }

    /** Those of the page. */
    public List<CredentialRow> getRows() {
        return found.stream().skip(first()).limit(Search.ROWS).toList();
    }

    /** How many there are, whatever is searched for. */
    public int getAll() {
        return all;
    }

    /** Each state that one of them is in, with how many are. */
    public Map<String, Integer> getStates() {
        return states;
    }

    /** Such as {@code 51 to 100 of 10,000}. */
    public String getShown() {
        int last = Math.min(first() + Search.ROWS, found.size());
        return found.isEmpty() ? "0" : String.format("%,d to %,d of %,d", first() + 1, last, found.size());
    }

    public boolean isSeveralPages() {
        return found.size() > Search.ROWS;
    }

    /** Address of the page before; empty on the first. */
    public String getPrevious() {
        return page() > 1 ? search.to(page() - 1) : "";
    }

    /** Address of the page after; empty on the last. */
    public String getNext() {
        return first() + Search.ROWS < found.size() ? search.to(page() + 1) : "";
    }

    /** One that is there: rows may have gone since the reader opened it. */
    private int page() {
        int last = Math.max(1, (found.size() + Search.ROWS - 1) / Search.ROWS);
        return Math.min(search.page(), last);
    }

    private int first() {
        return (page() - 1) * Search.ROWS;
    }
}
