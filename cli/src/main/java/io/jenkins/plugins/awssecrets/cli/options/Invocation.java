package io.jenkins.plugins.awssecrets.cli.options;

import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.config.ConfigurationFile;
import io.jenkins.plugins.awssecrets.cli.config.ConfigurationReader;
import io.jenkins.plugins.awssecrets.cli.config.Note;
import io.jenkins.plugins.awssecrets.cli.output.ErrorReport;
import io.jenkins.plugins.awssecrets.cli.output.Streams;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the shared options say, and what every command needs. */
public final class Invocation {
    private final Streams streams;
    private final Map<String, String> environment;
    private Optional<Path> configFile = Optional.empty();
    private Duration timeout = Duration.ofSeconds(30);
    private Optional<String> region = Optional.empty();
    private Optional<String> profile = Optional.empty();
    private boolean debug;

    public Invocation(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    void configFile(Optional<Path> file) {
        configFile = file;
    }

    void timeout(Duration budget) {
        timeout = budget;
    }

    void region(String name) {
        region = Optional.of(name);
    }

    void profile(String name) {
        profile = Optional.of(name);
    }

    /** Whether a person looks at the output on a terminal that shows colours, and did not decline them. */
    public boolean colours() {
        return streams.outIsTerminal()
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    void debug(boolean on) {
        debug = on;
    }

    public Streams streams() {
        return streams;
    }

    public Map<String, String> environment() {
        return environment;
    }

    public ErrorReport report() {
        return new ErrorReport(streams.errPrinter(), debug, Optional.of(timeout));
    }

    /** What to add to a failure for want of time. */
    public String limit() {
        return ErrorReport.limit(timeout);
    }

    /** By when backends must have answered, counted from now. */
    public Deadline deadline() {
        return Deadline.in(timeout);
    }

    /** Which configuration is read. */
    public ConfigurationFile file() {
        return ConfigurationFile.find(configFile, environment, Path.of(""));
    }

    /** The file that was named or found, after telling what is to be told of it; without one the default sources. */
    public Configuration configuration() {
        Configuration configuration = quietConfiguration();
        configuration.notes().stream()
                .collect(Collectors.groupingBy(Note::reason, LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(alike -> report().note(told(alike)));
        return configuration;
    }

    /** In one line; what there is to say of each is the task of {@code check}. */
    private static String told(List<Note> alike) {
        Note first = alike.get(0);
        return alike.size() == 1
                ? first.toString()
                : first.place() + ", and " + (alike.size() - 1) + " more: "
                        + SecretException.explain(
                                first.reason(), "run aws-secrets check for what is done in their place");
    }

    /** The same for a command that shows the notes itself. */
    public Configuration quietConfiguration() {
        ConfigurationFile file = file();
        if (debug) {
            report().line(file.description());
        }
        return new ConfigurationReader(environment).read(file).withAwsDefaults(region, profile);
    }
}
