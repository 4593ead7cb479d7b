package io.jenkins.plugins.awssecrets.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.cli.Cli;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each line that calls the command line, in any block of the documentation, names a command and options that it has. */
class CommandBlocksTest {
    private static final Pattern CALL = Pattern.compile(
            "(?:^|[ (;&|$])(?:[\\w./-]*/)?aws-secrets(?:\\.jar)?((?: (?!-- )[^ |<>;)\\n]+)+)", Pattern.MULTILINE);
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]+");
    private static final Pattern COMMAND = Pattern.compile("[a-z][a-z-]+");
    private static final Map<String, String> HELP = new ConcurrentHashMap<>();

    static Stream<Page.Block> blocks() {
        return Page.all().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.is("", "bash", "sh") && !calls(block).isEmpty());
    }

    private static List<String> calls(Page.Block block) {
        return CALL.matcher(block.text().replaceAll("(?<= )#.*| \\\\\\n", " "))
                .results()
                .map(found -> found.group(1).strip())
                // What an error says begins with the program's name and a colon.
                .filter(call -> !call.startsWith(":"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void itsCommandsAndOptionsExist(Page.Block block) {
        for (String call : calls(block)) {
            String command = command(call);
            assertThat(help(""))
                    .as(block.place() + ": " + call)
                    .containsPattern("(?m)^  " + (command.isEmpty() ? "exec" : command) + " ");
            assertThat(OPTION.matcher(call).results().map(MatchResult::group))
                    .as(block.place() + ": " + call)
                    .allMatch(option -> (help("") + help(command)).contains(option));
        }
    }

    /** The first word that is neither an option nor the value of one before the command. */
    private static String command(String call) {
        String[] words = call.split(" +");
        for (int i = 0; i < words.length; i++) {
            if (words[i].matches("\\[?--(config|timeout|region|profile)")) {
                i++;
            } else if (COMMAND.matcher(words[i]).matches()) {
                return words[i];
            }
        }
        return "";
    }

    private static String help(String command) {
        return HELP.computeIfAbsent(
                command, name -> (name.isEmpty() ? Cli.run("--help") : Cli.run(name, "--help")).out());
    }
}
