package io.jenkins.plugins.awssecrets.engine.placement;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The services' public list prices, in US dollars, with their date and source. */
public final class Prices {
    private static final BigDecimal CALLS = BigDecimal.valueOf(10_000);

    private final Map<String, String> table;

    private Prices(Map<String, String> table) {
        this.table = table;
    }

    /** Those that this version was released with. */
    public static Prices bundled() {
        Properties read = new Properties();
        try (InputStream in = Prices.class.getResourceAsStream("prices.properties")) {
            read.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> table = new TreeMap<>();
        read.stringPropertyNames().forEach(name -> table.put(name, read.getProperty(name)));
        return new Prices(table);
    }

    /** Of keeping one secret for a month. */
    public BigDecimal month(Service service) {
        return price(service, "month");
    }

    /** Of reading one secret so many times. */
    public BigDecimal reads(Service service, int times) {
        return price(service, "per10000Calls")
                .multiply(BigDecimal.valueOf(times))
                .divide(CALLS);
    }

    private BigDecimal price(Service service, String what) {
        return service.key().isEmpty() ? BigDecimal.ZERO : new BigDecimal(table.get(service.key() + "." + what));
    }

    /** When the prices were read, and where, for people. */
    public String provenance() {
        return "Secrets Manager " + table.get("secretsManager.date") + ", " + table.get("secretsManager.source")
                + "; Parameter Store " + table.get("parameterStore.date") + ", " + table.get("parameterStore.source");
    }
}
