package io.jenkins.plugins.awssecrets.builds;

import com.fasterxml.jackson.databind.json.JsonMapper;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.util.AtomicFileWriter;
import io.jenkins.plugins.awssecrets.access.RulesAtStart;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.PlaceRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.apache.commons.codec.digest.DigestUtils;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;

/**
 * The rules that running builds began under, for a restart: a file for each place and each change of its rules, whatever
 * the number of builds, whose name is the digest of what is in it. A build notes the names of its files alone. A file that
 * is missing, or is not what its name says, allows nothing.
 */
@Extension
public final class StoredRules {
    private static final Logger LOGGER = Logger.getLogger(StoredRules.class.getName());
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ENDING = ".json";

    private final Path directory = Jenkins.get().getRootDir().toPath().resolve("aws-secrets-rules");

    /** By the name of the place: written, and the same for each build that begins until something changes. */
    private final Map<String, Kept> kept = new HashMap<>();

    private record Kept(PlaceRules rules, String digest) {}

    /** In the record of a build that runs, and gone when it ends. */
    static final class Note extends InvisibleAction {
        private final List<String> digests;

        Note(List<String> digests) {
            this.digests = new ArrayList<>(digests);
        }
    }

    static StoredRules get() {
        return ExtensionList.lookupSingleton(StoredRules.class);
    }

    /** Before the build's record is saved for the first time. */
    void keep(Run<?, ?> run, RulesAtStart rules) throws IOException {
        List<String> digests = new ArrayList<>();
        for (PlaceRules place : rules.places()) {
            digests.add(keep(place));
        }
        run.addAction(new Note(digests));
    }

    private synchronized String keep(PlaceRules place) throws IOException {
        Kept known = kept.get(place.place());
        if (known != null && known.rules() == place) {
            return known.digest();
        }
        String text = JSON.writeValueAsString(place);
        String digest = DigestUtils.sha256Hex(text);
        boolean isNew = !Files.exists(file(digest));
        if (isNew) {
            Files.createDirectories(directory);
            try (AtomicFileWriter writer = new AtomicFileWriter(file(digest), StandardCharsets.UTF_8)) {
                writer.write(text);
                writer.commit();
            }
        }
        kept.put(place.place(), new Kept(place, digest));
        if (isNew) {
            Catalog.get().executor().execute(this::dropUnused);
        }
        return digest;
    }

    /** Those of a build that goes on after a restart. */
    static RulesAtStart of(Run<?, ?> run) {
        return new RulesAtStart(digests(run).stream()
                .flatMap(digest -> get().read(digest, run).stream())
                .toList());
    }

    /** The build has ended. */
    static void drop(Run<?, ?> run) {
        run.removeActions(Note.class);
    }

    private static List<String> digests(Run<?, ?> run) {
        return Optional.ofNullable(run.getAction(Note.class))
                .map(note -> List.copyOf(note.digests))
                .orElse(List.of());
    }

    private Optional<PlaceRules> read(String digest, Run<?, ?> run) {
        try {
            String text = Files.readString(file(digest));
            if (!DigestUtils.sha256Hex(text).equals(digest)) {
                throw new IOException("it has been changed");
            }
            return Optional.of(JSON.readValue(text, PlaceRules.class));
        } catch (IOException | RuntimeException e) {
            LOGGER.log(
                    Level.WARNING,
                    "The rules of when {0} began cannot be read from {1} ({2}): the rules of now are used",
                    new Object[] {run, directory, e.getClass().getSimpleName()});
            return Optional.empty();
        }
    }

    /** Removes what no running build began under. */
    private void dropUnused() {
        Set<String> used = new HashSet<>();
        for (FlowExecution execution : FlowExecutionList.get()) {
            used.addAll(digests(execution));
        }
        dropOthers(used);
    }

    private synchronized void dropOthers(Set<String> used) {
        kept.values().forEach(place -> used.add(place.digest()));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ENDING)) {
            for (Path file : files) {
                String name = file.toFile().getName();
                if (!used.contains(name.substring(0, name.length() - ENDING.length()))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "{0} cannot be tidied: {1}", new Object[] {directory, e.getClass()});
        }
    }

    private static List<String> digests(FlowExecution execution) {
        try {
            Queue.Executable build = execution.getOwner().getExecutable();
            return build instanceof Run<?, ?> run ? digests(run) : List.of();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "{0} has no build: {1}", new Object[] {execution, e.getClass()});
            return List.of();
        }
    }

    private Path file(String digest) {
        return directory.resolve(digest + ENDING);
    }
}
