package io.jenkins.plugins.awssecrets.demo;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The requests that came in, in their order. Safe for use by several threads. */
public final class Requests {
    private final List<RecordedRequest> all = new CopyOnWriteArrayList<>();

    Requests() {}

    void add(RecordedRequest request) {
        all.add(request);
    }

    public List<RecordedRequest> all() {
        return List.copyOf(all);
    }

    public List<RecordedRequest> to(Service service) {
        return all.stream().filter(r -> r.service() == service).toList();
    }

    public List<RecordedRequest> to(Service service, String operation) {
        return to(service).stream().filter(r -> r.operation().equals(operation)).toList();
    }

    public int count(Service service, String operation) {
        return to(service, operation).size();
    }

    public void clear() {
        all.clear();
    }
}
