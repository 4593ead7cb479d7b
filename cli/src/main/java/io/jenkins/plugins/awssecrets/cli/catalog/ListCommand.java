package io.jenkins.plugins.awssecrets.cli.catalog;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.awssecrets.cli.options.Invocation;
import io.jenkins.plugins.awssecrets.cli.output.ExitCode;
import io.jenkins.plugins.awssecrets.cli.output.JsonReport;
import io.jenkins.plugins.awssecrets.cli.output.SeveralFailures;
import io.jenkins.plugins.awssecrets.cli.output.Table;
import io.jenkins.plugins.awssecrets.cli.output.UsageException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.source.Minting;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata;
import io.jenkins.plugins.awssecrets.engine.source.SecretMetadata.Rotation;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code list}: the credentials there are. */
@Command(name = "list", description = "Lists declared and discovered credentials, without their values.")
public final class ListCommand implements Callable<Integer> {
    private static final List<String> HEADS = List.of("ID", "KIND", "SOURCE", "VERSION", "CHANGED", "ROTATION", "FROM");

    private final Invocation invocation;

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    @Option(
            names = "--search",
            paramLabel = "TEXT",
            description = "Only credentials with this text in id, kind, description or source, in any case.")
    private String search = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "List at most this many; 0 for all (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private int limit;

    public ListCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (limit < 0) {
            throw new UsageException("option --limit", "not a number from 0", "enter how many to list, or 0 for all");
        }
        Catalog catalog = Catalog.read(invocation.configuration(), invocation.deadline());
        List<Catalog.Entry> found =
                catalog.entries().stream().filter(this::isFound).toList();
        List<Catalog.Entry> shown = limit > 0 ? found.stream().limit(limit).toList() : found;
        if (shown.size() < found.size()) {
            invocation
                    .streams()
                    .errPrinter()
                    .println("aws-secrets: listed " + shown.size() + " of " + found.size()
                            + " credentials. Narrow the list with --search TEXT, or list all with --limit 0");
        }
        if (json) {
            new JsonReport(invocation.streams().out()).array(shown, ListCommand::write);
        } else {
            // Few have one, and a column of dashes tells nothing.
            boolean folders = shown.stream().anyMatch(entry -> !entry.folders().isEmpty());
            List<String> heads = new ArrayList<>(HEADS);
            if (folders) {
                heads.add(heads.size() - 1, "FOLDER");
            }
            Table table = new Table(heads);
            shown.forEach(entry -> table.row(row(entry, folders)));
            table.print(invocation.streams().out());
        }
        return catalog.failures().isEmpty()
                ? ExitCode.OK
                : invocation.report().report(SeveralFailures.of(catalog.failures()));
    }

    private boolean isFound(Catalog.Entry entry) {
        String wanted = search.toLowerCase(Locale.ROOT);
        return Stream.concat(
                        Stream.of(
                                entry.definition().id(),
                                entry.definition().kind().symbol(),
                                entry.definition().description()),
                        sources(entry).stream())
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private static List<String> row(Catalog.Entry entry, boolean folders) {
        List<String> row = new ArrayList<>(List.of(
                entry.definition().id(),
                entry.definition().kind().symbol(),
                String.join(",", sources(entry)),
                version(entry).orElse("-"),
                changed(entry).map(Instant::toString).orElse("-"),
                rotation(entry).map(ListCommand::text).orElse("-")));
        if (folders) {
            row.add(entry.folders().isEmpty() ? "-" : String.join(", ", entry.folders()));
        }
        row.add(String.join(" ", references(entry)));
        return row;
    }

    private static void write(JsonGenerator out, Catalog.Entry entry) throws IOException {
        out.writeStringField("id", entry.definition().id());
        out.writeStringField("kind", entry.definition().kind().symbol());
        out.writeStringField("description", entry.definition().description());
        out.writeBooleanField("declared", entry.declared());
        out.writeArrayFieldStart("sources");
        for (String source : sources(entry)) {
            out.writeString(source);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("references");
        for (String reference : references(entry)) {
            out.writeString(reference);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("folders");
        for (String folder : entry.folders()) {
            out.writeString(folder);
        }
        out.writeEndArray();
        text(out, "version", version(entry));
        text(out, "changed", changed(entry).map(Instant::toString));
        Optional<Rotation> rotation = rotation(entry);
        if (rotation.isEmpty()) {
            out.writeNullField("rotation");
            return;
        }
        out.writeObjectFieldStart("rotation");
        out.writeBooleanField("enabled", rotation.get().enabled());
        out.writeFieldName("everyDays");
        if (rotation.get().everyDays().isPresent()) {
            out.writeNumber(rotation.get().everyDays().get());
        } else {
            out.writeNull();
        }
        text(out, "last", rotation.get().last().map(Instant::toString));
        text(out, "next", rotation.get().next().map(Instant::toString));
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String field, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            out.writeStringField(field, value.get());
        } else {
            out.writeNullField(field);
        }
    }

    private static List<String> sources(Catalog.Entry entry) {
        return entry.definition().references().stream()
                .map(r -> r.source())
                .distinct()
                .sorted()
                .collect(Collectors.toList());
    }

    /** What is behind the id. */
    private static List<String> references(Catalog.Entry entry) {
        return entry.definition().references().stream()
                .filter(reference -> !Minting.isName(reference.name()))
                .map(Reference::toString)
                .toList();
    }

    /** The version that a reference asks for, else the current one. */
    private static Optional<String> version(Catalog.Entry entry) {
        return SecretReferences.of(entry.definition()).stream()
                .findFirst()
                .flatMap(r -> r.version())
                .or(() -> entry.metadata().flatMap(SecretMetadata::version));
    }

    private static Optional<Instant> changed(Catalog.Entry entry) {
        return entry.metadata().flatMap(SecretMetadata::changed).map(at -> at.truncatedTo(ChronoUnit.SECONDS));
    }

    private static Optional<Rotation> rotation(Catalog.Entry entry) {
        return entry.metadata().flatMap(SecretMetadata::rotation);
    }

    private static String text(Rotation rotation) {
        if (!rotation.enabled()) {
            return "off";
        }
        return rotation.everyDays().map(days -> "every " + days + " days").orElse("on")
                + rotation.next()
                        .map(at -> ", next " + at.truncatedTo(ChronoUnit.SECONDS))
                        .orElse("");
    }
}
