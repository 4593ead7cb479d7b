package io.jenkins.plugins.awssecrets.config.trial;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.config.AwsSecretsConfiguration;
import io.jenkins.plugins.awssecrets.config.AwsSecretsFolderProperty;
import io.jenkins.plugins.awssecrets.config.credentials.CredentialConfiguration;
import io.jenkins.plugins.awssecrets.config.forms.FormPlace;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.config.forms.Mistakes;
import io.jenkins.plugins.awssecrets.config.sources.SourceConfiguration;
import io.jenkins.plugins.awssecrets.config.sources.SourcePlace;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceCheck;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Tries what a form holds, with the form's own sources and those above, away from the request's thread and with a bound
 * of {@value #SECONDS} seconds. Tells neither values nor what a backend answered.
 */
final class Trial {
    static final int SECONDS = 10;

    private final FormPlace place;
    private final Supplier<TypedForm> form;

    Trial(FormPlace place, Supplier<TypedForm> form) {
        this.place = place;
        this.form = form;
    }

    FormValidation source(int index) {
        return told(() -> {
            SourceConfiguration typed = form.get().source(index);
            checkTyped(typed);
            return bounded(deadline -> {
                SecretSource source = typed.toSource(true, sourcePlace()).open().get();
                try {
                    return steps(source.check(deadline));
                } finally {
                    source.close();
                }
            });
        });
    }

    FormValidation credential(int index) {
        return told(() -> {
            TypedForm whole = form.get();
            CredentialConfiguration typed = whole.credential(index);
            List<SourceConfiguration> sources = whole.sources();
            CatalogView above = place.above();
            Map<String, SourceKind> kinds = new LinkedHashMap<>(
                    place.isJenkins() ? AwsSecretsConfiguration.get().defaultKinds() : above.kinds());
            sources.forEach(source -> kinds.put(source.getId(), source.kind()));
            return bounded(deadline -> {
                try (CredentialTrial trial = new CredentialTrial(kinds, sources, sourcePlace(), above)) {
                    return trial.run(typed, deadline);
                }
            });
        });
    }

    private SourcePlace sourcePlace() {
        return place.group() instanceof AbstractFolder<?> folder
                ? AwsSecretsFolderProperty.placeOf(folder)
                : SourcePlace.ofJenkins();
    }

    private static void checkTyped(SourceConfiguration typed) {
        try {
            typed.check();
        } catch (SecretException e) {
            throw Malformed.within(typed.kind().symbol(), e);
        }
    }

    /** Where builds read as themselves, what was tested is the controller's. */
    private static List<FormValidation> steps(List<SourceCheck> checks) {
        boolean apart = checks.stream().anyMatch(SourceCheck::isOfBuilds);
        return checks.stream()
                .map(check -> step(check, apart && !check.isOfBuilds() ? "controller: " + check.what() : check.what()))
                .toList();
    }

    private static FormValidation step(SourceCheck check, String what) {
        return check.problem()
                .map(problem -> {
                    String text = what + ": " + Mistakes.below(problem);
                    return check.required() ? FormValidation.error(text) : FormValidation.warning(text);
                })
                .orElseGet(() -> FormValidation.ok("\u2713 " + what));
    }

    private interface Work {
        List<FormValidation> run(Deadline deadline);
    }

    private static List<FormValidation> bounded(Work work) throws InterruptedException {
        Callable<List<FormValidation>> task = () -> work.run(Deadline.in(Duration.ofSeconds(SECONDS)));
        Future<List<FormValidation>> running = Catalog.get().executor().submit(task);
        try {
            return running.get(SECONDS + 2L, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            running.cancel(true);
            throw new SecretException(
                    Problem.TIMEOUT,
                    "trial",
                    "no response within " + SECONDS + " seconds",
                    "check the address and the proxy");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SecretException known) {
                throw known;
            }
            // Only the type: the text of an exception nobody foresaw may hold anything.
            throw new SecretException(
                    Problem.INTERNAL,
                    "trial",
                    "an unexpected " + e.getCause().getClass().getName(),
                    "report this as a defect");
        }
    }

    private static FormValidation told(Callable<List<FormValidation>> work) {
        try {
            return FormValidation.aggregate(new ArrayList<>(work.call()));
        } catch (SecretException e) {
            return FormValidation.error(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FormValidation.error("It was interrupted");
        } catch (Exception e) {
            return FormValidation.error("An unexpected " + e.getClass().getName());
        }
    }
}
