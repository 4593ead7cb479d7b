package io.jenkins.plugins.awssecrets.cli.catalog;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.options.Invocation;
import io.jenkins.plugins.awssecrets.cli.output.ErrorReport;
import io.jenkins.plugins.awssecrets.cli.output.ExitCode;
import io.jenkins.plugins.awssecrets.cli.output.JsonReport;
import io.jenkins.plugins.awssecrets.cli.output.SeveralFailures;
import io.jenkins.plugins.awssecrets.cli.output.Table;
import io.jenkins.plugins.awssecrets.cli.output.UsageException;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.placement.Advice;
import io.jenkins.plugins.awssecrets.engine.placement.Adviser;
import io.jenkins.plugins.awssecrets.engine.placement.Placement;
import io.jenkins.plugins.awssecrets.engine.placement.Placement.Place;
import io.jenkins.plugins.awssecrets.engine.placement.Prices;
import io.jenkins.plugins.awssecrets.engine.placement.RotationLimits;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.Inventory;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code advise}: where to keep what, and what should rotate. */
@Command(
        name = "advise",
        description =
                "Shows what each credential's placement costs, what may move, and what should rotate. Reads no value.")
public final class AdviseCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    @Option(
            names = "--database-days",
            paramLabel = "DAYS",
            description = "Rotate a database's password every DAYS days (default: 90).")
    private int databaseDays = RotationLimits.DEFAULTS.database();

    @Option(
            names = "--certificate-days",
            paramLabel = "DAYS",
            description = "Rotate a certificate every DAYS days (default: 180).")
    private int certificateDays = RotationLimits.DEFAULTS.certificate();

    @Option(
            names = "--token-days",
            paramLabel = "DAYS",
            description = "Rotate an access key every DAYS days (default: 90).")
    private int tokenDays = RotationLimits.DEFAULTS.token();

    public AdviseCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (Math.min(databaseDays, Math.min(certificateDays, tokenDays)) < 1) {
            throw new UsageException("advise", "a number of days below 1", "enter days from 1");
        }
        Configuration configuration = invocation.configuration();
        Deadline deadline = invocation.deadline();
        Catalog catalog = Catalog.read(configuration, deadline);
        List<CredentialDefinition> credentials =
                catalog.entries().stream().map(Catalog.Entry::definition).toList();
        Prices prices = Prices.bundled();
        List<Placement> placements = new Adviser(
                        configuration.kinds(),
                        inventories(configuration, credentials, deadline),
                        prices,
                        new RotationLimits(databaseDays, certificateDays, tokenDays),
                        Clock.systemUTC().instant())
                .of(credentials);
        prices.outdated(Clock.systemUTC().instant()).ifPresent(invocation.report()::note);
        OutputStream out = invocation.streams().out();
        if (json) {
            new JsonReport(out).array(placements, AdviseCommand::write);
        } else {
            table(placements).print(out);
            out.write(text(placements, prices).getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
        return catalog.failures().isEmpty()
                ? ExitCode.OK
                : invocation.report().report(SeveralFailures.of(catalog.failures()));
    }

    private static Map<String, Inventory> inventories(
            Configuration configuration, List<CredentialDefinition> credentials, Deadline deadline) {
        Map<String, List<Reference>> bySource = credentials.stream()
                .flatMap(c -> c.references().stream())
                .collect(Collectors.groupingBy(Reference::source));
        Map<String, Inventory> inventories = new LinkedHashMap<>();
        Map<String, SecretException> unusable = new LinkedHashMap<>();
        try (OpenSources sources = OpenSources.thatOpen(configuration, bySource.keySet(), unusable)) {
            for (SecretSource source : sources.sources().all()) {
                List<String> names = bySource.get(source.id()).stream()
                        .map(Reference::name)
                        .distinct()
                        .toList();
                inventories.put(source.id(), source.inspect(names, deadline));
            }
        }
        return inventories;
    }

    private static Table table(List<Placement> placements) {
        Table table =
                new Table(List.of("CREDENTIAL", "FIELDS", "SECRET", "STORED IN", "PER MONTH", "PER 1,000 BUILDS"));
        for (Placement placement : placements) {
            for (Place place : placement.places()) {
                table.row(List.of(
                        placement.credential(),
                        String.join(",", place.fields()),
                        place.secret(),
                        place.service().words() + (place.sharedBy() > 1 ? ", shared by " + place.sharedBy() : ""),
                        dollars(place.month(), 2),
                        dollars(place.perThousandBuilds(), 3)));
            }
        }
        BigDecimal builds =
                placements.stream().map(Placement::perThousandBuilds).reduce(BigDecimal.ZERO, BigDecimal::add);
        table.row(List.of("all", "", "", "", dollars(Adviser.month(placements), 2), dollars(builds, 3)));
        return table;
    }

    private static String text(List<Placement> placements, Prices prices) {
        StringBuilder text = new StringBuilder("\n");
        for (Placement placement : placements) {
            for (Advice advice : placement.advice()) {
                text.append(ErrorReport.oneLine(advice.credential() + ", " + advice.field() + ": " + advice.secret()
                                + ": " + SecretException.explain(advice.reason(), advice.fix())
                                + advice.saves()
                                        .map(s -> ", and saves " + dollars(s, 2) + " per month")
                                        .orElse("")))
                        .append('\n');
            }
        }
        return text.append("Prices: ").append(prices.provenance()).append('\n').toString();
    }

    private static void write(JsonGenerator out, Placement placement) throws IOException {
        out.writeStringField("credential", placement.credential());
        out.writeNumberField("month", placement.month());
        out.writeNumberField("thousandBuilds", placement.perThousandBuilds());
        out.writeArrayFieldStart("places");
        for (Place place : placement.places()) {
            out.writeStartObject();
            out.writeStringField("secret", place.secret());
            out.writeStringField("fields", String.join(",", place.fields()));
            out.writeStringField("service", place.service().words());
            out.writeNumberField("month", place.month());
            out.writeNumberField("thousandBuilds", place.perThousandBuilds());
            out.writeNumberField("sharedBy", place.sharedBy());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("advice");
        for (Advice advice : placement.advice()) {
            out.writeStartObject();
            out.writeStringField("kind", advice.kind().word());
            out.writeStringField("field", advice.field());
            out.writeStringField("secret", advice.secret());
            out.writeStringField("reason", advice.reason());
            out.writeStringField("fix", advice.fix());
            out.writeObjectField("savesAMonth", advice.saves().orElse(null));
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static String dollars(BigDecimal amount, int digits) {
        return "$" + amount.setScale(digits, RoundingMode.HALF_UP);
    }
}
