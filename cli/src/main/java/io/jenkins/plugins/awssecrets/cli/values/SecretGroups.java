package io.jenkins.plugins.awssecrets.cli.values;

import io.jenkins.plugins.awssecrets.cli.catalog.OpenSources;
import io.jenkins.plugins.awssecrets.cli.config.Configuration;
import io.jenkins.plugins.awssecrets.cli.options.Invocation;
import io.jenkins.plugins.awssecrets.cli.output.UsageException;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.binding.BindingPlan;
import io.jenkins.plugins.awssecrets.engine.credential.DefinitionParser;
import io.jenkins.plugins.awssecrets.engine.credential.SecretsFrom;
import java.util.List;

/** The option {@code --secrets}: what a path holds, or a secret's members, each to a variable of its own. */
final class SecretGroups {
    private static final String OPTION = "option --secrets";

    private final Configuration configuration;
    private final Invocation invocation;

    SecretGroups(Configuration configuration, Invocation invocation) {
        this.configuration = configuration;
        this.invocation = invocation;
    }

    /** @param typed as {@code PREFIX=REF} each */
    void addTo(BindingPlan plan, List<String> typed) {
        DefinitionParser parser = new DefinitionParser(configuration.kinds());
        for (String group : typed) {
            int equals = group.indexOf('=');
            if (equals < 0) {
                throw new UsageException(OPTION, "no '='", "write PREFIX=REF, as in APP_=ssm:/ci/app/");
            }
            SecretsFrom from = parser.secrets(OPTION, group.substring(equals + 1));
            add(plan, group.substring(0, equals), from);
        }
    }

    private void add(BindingPlan plan, String prefix, SecretsFrom from) {
        List<String> names = from instanceof SecretsFrom.Below below ? names(below) : List.of();
        try {
            if (from instanceof SecretsFrom.Below below) {
                plan.secrets(prefix, below, names, false);
            } else if (from instanceof SecretsFrom.Members members) {
                plan.secrets(prefix, members, false);
            }
        } catch (SecretException e) {
            throw new UsageException(OPTION + ", " + e.subject(), e.reason(), e.fix());
        }
    }

    private List<String> names(SecretsFrom.Below below) {
        try (OpenSources sources = OpenSources.of(configuration, List.of(below.source()))) {
            List<String> names = sources.sources().all().iterator().next().below(below.path(), invocation.deadline());
            if (names.isEmpty()) {
                throw new SecretException(
                        Problem.NOT_FOUND,
                        below.toString(),
                        "no parameter is below this path",
                        "check path and region");
            }
            return names;
        }
    }
}
