package io.jenkins.plugins.awssecrets.cli.values;

import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.options.Invocation;
import io.jenkins.plugins.awssecrets.cli.output.UsageException;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.binding.BindingPlan;
import io.jenkins.plugins.awssecrets.engine.credential.CredentialDefinition;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that bind secrets to variables, of {@code exec} and {@code export} alike. */
public final class BindingOptions {
    private static final String VARIABLE = "[A-Za-z_][A-Za-z0-9_]{0,63}";

    @Option(
            names = "--credential",
            paramLabel = "ID[=PREFIX]",
            description = "Bind a credential's fields to variables that begin with PREFIX.")
    private List<String> credentials = new ArrayList<>();

    @Option(names = "--secret", paramLabel = "VAR=REF", description = "Bind one value to a variable.")
    private List<String> secrets = new ArrayList<>();

    @Option(
            names = "--secrets",
            paramLabel = "PREFIX=REF",
            description = "Bind each parameter below a path (ssm:/ci/app/), or each member of a JSON or Vault secret.")
    private List<String> groups = new ArrayList<>();

    boolean isEmpty() {
        return credentials.isEmpty() && secrets.isEmpty() && groups.isEmpty();
    }

    public BindingPlan plan(Configuration configuration, Invocation invocation) {
        BindingPlan plan = new BindingPlan();
        CredentialLookup lookup = new CredentialLookup(configuration, invocation);
        credentials.forEach(typed -> credential(plan, lookup, typed));
        DefinitionParser parser = new DefinitionParser(configuration.kinds());
        for (String typed : secrets) {
            int equals = typed.indexOf('=');
            if (equals < 0) {
                throw new UsageException("option --secret", "no '='", "write VAR=REF, as in TOKEN=sm:ci/sonar#token");
            }
            String variable = typed.substring(0, equals);
            Reference reference = parser.secret("option --secret " + shown(variable), typed.substring(equals + 1));
            bind("option --secret", () -> plan.secret(variable, reference, false));
        }
        new SecretGroups(configuration, invocation).addTo(plan, groups);
        return plan;
    }

    /** An id may hold {@code =} itself: one that is there as it is typed takes precedence over an id and a prefix. */
    private static void credential(BindingPlan plan, CredentialLookup lookup, String typed) {
        int equals = typed.lastIndexOf('=');
        boolean parted = equals > 0 && !lookup.has(typed);
        CredentialDefinition found = lookup.find(parted ? typed.substring(0, equals) : typed);
        Optional<String> prefix = parted ? Optional.of(typed.substring(equals + 1)) : Optional.empty();
        bind("option --credential", () -> plan.credential(found, prefix));
    }

    /** What a plan refuses are names and prefixes, which only the command line gives. */
    private static void bind(String option, Runnable binding) {
        try {
            binding.run();
        } catch (SecretException e) {
            throw new UsageException(option + ", " + e.subject(), e.reason(), e.fix());
        }
    }

    /** A variable's name; nothing where it is none, as it may be a piece of a secret. */
    private static String shown(String variable) {
        return variable.matches(VARIABLE) ? variable : "";
    }
}
