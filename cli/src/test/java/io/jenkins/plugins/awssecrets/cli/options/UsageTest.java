package io.jenkins.plugins.awssecrets.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "| command line: a command is missing",
                "hunter2canary| command line: unknown command, or one argument too many",
                "--hunter2canary| command line: unknown option",
                "get| get: missing: REF",
                "get a hunter2canary| get: several values, and nothing says how to part them",
                "get --format hunter2canary a| option --format: unknown format. Use raw, lines, nul, json",
                "get --config| get: missing: FILE of --config",
                "lsit| command line: unknown command, or one argument too many. Did you mean list? See aws-secrets"
                        + " --help",
                "chekc --json| command line: unknown command, or 2 arguments too many. Did you mean check?",
                "get --credental x| get: unknown option. Did you mean --credential?",
                "exec --confg=x -- y| exec: unknown option. Did you mean --config?",
                "export --format shell| export: nothing to export",
                "export --secret A=b| export: missing: FORMAT of --format",
                "export --secret A=b --format hunter2canary| option --format: unknown format. Use dotenv, shell, json,"
                        + " github",
                "completion hunter2canary| completion: unknown shell. Use bash, zsh or fish",
                "policy --source hunter2canary| option --source: no source has this id",
                "get --hunter2canary a| get: unknown option",
                "get --config| get: missing: FILE",
                "list hunter2canary| list: unknown command, or one argument too many",
                "mask| mask: missing: FILE",
                "mask --secrets a --secrets hunter2canary| mask: twice: FILE",
                "exec| exec: missing: -- CMD ARG",
                "exec --secret| exec: missing: VAR=REF",
                "exec --hunter2canary -- x| exec: unknown option",
                "--timeout hunter2canary get a| option --timeout: not a number from 1 to 3600",
                "get --timeout 0 a| option --timeout: not a number",
                "get --timeout 3601 a| option --timeout: not a number",
                "--json=hunter2canary list| command line: unknown option",
                "list --json=hunter2canary| list:",
                "list --debug=hunter2canary| list:",
                "gte hunter2canary| command line: unknown command, or 2 arguments too many. Did you mean get?",
                "exprot --format shell| command line: unknown command, or 3 arguments too many. Did you mean export?",
                "lst --json| command line: unknown command, or 2 arguments too many. Did you mean list?",
                "exec --credentials x -- y| exec: unknown option. Did you mean --credential?",
                "exec --secert A=sm:b -- y| exec: unknown option. Did you mean --secret?",
                "list --jsn| list: unknown option. Did you mean --json?",
                "help lsit| help: unknown command. Did you mean list? See aws-secrets --help",
                "help hunter2canary| help: unknown command. See aws-secrets --help",
                "--config= list| option --config: it is empty. Name a file, or leave the option out",
                "--region= get sm:x| option --region: it is empty. Name a region, or leave the option out",
                "get --profile= sm:x| option --profile: it is empty. Name a profile, or leave the option out",
                "get --credential=| option --credential: the id is missing",
                "get --credential #password| option --credential: the id is missing",
                "exec --credential= -- true| option --credential: the id is missing",
                "get sm:a sm:b| get: several values, and nothing says how to part them. Add --format lines, nul or"
                        + " json",
                "get --format json| get: missing: REF",
                "get --credential| get: missing: ID[#FIELD] of --credential",
                "exec --secret sm:hunter2canary -- true| option --secret: no '='. Write VAR=REF",
                "exec --secret A:sm:hunter2canary -- true| option --secret: no '='",
                "exec --secret 1A=sm:x -- true| option --secret, the variable of secret sm:x: it is not a valid"
                        + " variable",
                "exec --secrets ssm:/hunter2canary/ -- true| option --secrets: no '='. Write PREFIX=REF",
                "list --limit hunter2canary| list: not a number: N of --limit",
                "list --limit -1| option --limit: not a number from 0",
                "advise --token-days hunter2canary| advise: not a number: DAYS of --token-days",
                "advise --database-days 0| advise: a number of days below 1",
                "check hunter2canary| check: ids, references, a branch and a change request are for what a job may use",
                "check --branch main| check: ids, references, a branch and a change request are for what a job may use",
                "check --job| check: missing: NAME of --job",
                "policy --format IAM| option --format: unknown format. Use iam, vault, terraform or cloudformation",
                "completion Bash| completion: unknown shell. Use bash, zsh or fish",
                "completion| completion: missing: SHELL",
                "export --format env --secret A=sm:x| option --format: unknown format. Use dotenv, shell, json, github",
            })
    void aMistakeIsToldInOneLineAndNotRepeated(String arguments, String told) {
        Cli.Result result = Cli.run(arguments == null ? new String[0] : arguments.split(" "));

        assertThat(result.status()).isEqualTo(64);
        assertThat(result.err()).startsWith("aws-secrets: " + told).doesNotContain("hunter2");
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void debugAddsWhereItCameFromAndNoText() {
        Cli.Result result = Cli.run("--debug", "list", "hunter2canary");

        assertThat(result.err().lines()).hasSizeGreaterThan(2);
        assertThat(result.err())
                .contains("\tat io.jenkins.plugins.awssecrets.cli.")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec",
                "get",
                "export",
                "completion",
                "list",
                "check",
                "policy",
                "advise",
                "import",
                "mask",
                "demo-backends",
                "help"
            })
    void everyCommandExplainsItself(String command) {
        Cli.Result result = Cli.run(command, "--help");

        assertThat(result.status()).isZero();
        assertThat(result.out()).startsWith("Usage: aws-secrets " + command).contains("Exit codes:");
        assertThat(Cli.run("--help").out()).contains("  " + command);
    }

    @Test
    void helpFitsATerminalAndNeedsNoConfiguration() {
        Cli.Result result = Cli.run("--help");

        assertThat(result.status()).isZero();
        assertThat(result.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void helpIsACommandToo() {
        assertThat(Cli.run("help").out()).isEqualTo(Cli.run("--help").out());
        assertThat(Cli.run("help", "get").out())
                .isEqualTo(Cli.run("get", "--help").out());
    }

    @Test
    void theVersionIsPrinted() {
        assertThat(Cli.run("--version").out()).startsWith("aws-secrets ");
    }
}
