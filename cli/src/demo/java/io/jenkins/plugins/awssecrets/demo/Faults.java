package io.jenkins.plugins.awssecrets.demo;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The faults that are switched on; the newest that fits a request wins. Safe for use by several threads. */
public final class Faults {
    private final List<Rule> rules = new ArrayList<>();
    private final Listening listening;

    Faults(Listening listening) {
        this.listening = listening;
    }

    /** Every request to the service fails, until {@link #clear()}. */
    public void inject(Service service, Fault fault) {
        add(new Rule(service, Optional.empty(), fault, Integer.MAX_VALUE));
    }

    /** Every request for the operation (see {@link RecordedRequest#operation()}) fails, until {@link #clear()}. */
    public void inject(Service service, String operation, Fault fault) {
        add(new Rule(service, Optional.of(operation), fault, Integer.MAX_VALUE));
    }

    /** The next requests to the service fail. */
    public void next(int requests, Service service, Fault fault) {
        add(new Rule(service, Optional.empty(), fault, requests));
    }

    /** The next requests for the operation fail. */
    public void next(int requests, Service service, String operation, Fault fault) {
        add(new Rule(service, Optional.of(operation), fault, requests));
    }

    /** Ends the service's connections and stops listening, so that new connections are refused. */
    public void refuse(Service service) {
        listening.stop(service);
    }

    /** Listens again, at the same address. */
    public void accept(Service service) {
        listening.start(service);
    }

    /** Switches all faults off; services that refuse connections listen again. */
    public void clear() {
        synchronized (rules) {
            rules.clear();
        }
        for (Service service : Service.values()) {
            listening.start(service);
        }
    }

    private void add(Rule rule) {
        synchronized (rules) {
            rules.add(0, rule);
        }
    }

    Optional<Fault> take(Service service, String operation) {
        synchronized (rules) {
            for (Iterator<Rule> each = rules.iterator(); each.hasNext(); ) {
                Rule rule = each.next();
                if (rule.fits(service, operation)) {
                    if (--rule.left == 0) {
                        each.remove();
                    }
                    return Optional.of(rule.fault);
                }
            }
            return Optional.empty();
        }
    }

    /** Stops and starts listening; starting what listens does nothing. */
    interface Listening {
        void stop(Service service);

        void start(Service service);
    }

    private static final class Rule {
        private final Service service;
        private final Optional<String> operation;
        private final Fault fault;
        private int left;

        private Rule(Service service, Optional<String> operation, Fault fault, int left) {
            this.service = service;
            this.operation = operation;
            this.fault = fault;
            this.left = left;
        }

        private boolean fits(Service asked, String name) {
            return service == asked && operation.map(name::equals).orElse(true);
        }
    }
}
