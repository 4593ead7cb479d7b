package io.jenkins.plugins.awssecrets.engine.placement;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The services' public list prices, in US dollars, with their date and source. */
public final class Prices {
    private static final BigDecimal CALLS = BigDecimal.valueOf(10_000);

    private static final Map<String, String> SERVICES = new TreeMap<>(
            Map.of("secretsManager", "Secrets Manager", "parameterStore", "Parameter Store", "kms", "KMS"));

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

    /** Of reading one secret so many times, with the calls of KMS that decrypt it. */
    public BigDecimal reads(Service service, int times) {
        BigDecimal ofKey = service.decrypts() ? new BigDecimal(table.get("kms.per10000Calls")) : BigDecimal.ZERO;
        return price(service, "per10000Calls")
                .add(ofKey)
                .multiply(BigDecimal.valueOf(times))
                .divide(CALLS);
    }

    /** The prices that are too old to decide by, for people; empty while none is. */
    public Optional<String> outdated(Instant now) {
        LocalDate lastYear = now.atZone(ZoneOffset.UTC).toLocalDate().minusYears(1);
        List<String> old = SERVICES.entrySet().stream()
                .filter(service ->
                        LocalDate.parse(table.get(service.getKey() + ".date")).isBefore(lastYear))
                .map(service -> "the prices of " + service.getValue() + " are more than a year old ("
                        + table.get(service.getKey() + ".date") + "); see " + table.get(service.getKey() + ".source"))
                .toList();
        return old.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", old));
    }

    private BigDecimal price(Service service, String what) {
        return service.key().isEmpty() ? BigDecimal.ZERO : new BigDecimal(table.get(service.key() + "." + what));
    }

    /** When the prices were read, and where, for people. */
    public String provenance() {
        return Stream.of("secretsManager", "parameterStore", "kms")
                .map(service -> SERVICES.get(service) + " " + table.get(service + ".date") + ", "
                        + table.get(service + ".source"))
                .collect(Collectors.joining("; "));
    }
}
