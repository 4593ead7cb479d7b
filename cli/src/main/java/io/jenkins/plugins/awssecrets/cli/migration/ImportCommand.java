package io.jenkins.plugins.awssecrets.cli.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.jenkins.plugins.awssecrets.cli.options.Invocation;
import io.jenkins.plugins.awssecrets.cli.output.ErrorReport;
import io.jenkins.plugins.awssecrets.cli.output.ExitCode;
import io.jenkins.plugins.awssecrets.engine.FileFailure;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.migration.Imported;
import io.jenkins.plugins.awssecrets.engine.migration.Importer;
import io.jenkins.plugins.awssecrets.engine.migration.XmlTree;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code import}: from the existing plugins' configurations to this one's. */
@Command(
        name = "import",
        description = "Reads the configuration of the Secrets Manager provider or the Vault plugin (JCasC or XML) and"
                + " prints this product's.")
public final class ImportCommand implements Callable<Integer> {
    private static final int LARGEST = 10 << 20;

    private final Invocation invocation;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "YAML or XML; all are read together.")
    private List<Path> files = List.of();

    public ImportCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        List<JsonNode> trees = new ArrayList<>();
        for (Path file : files) {
            trees.add(read(file));
        }
        Imported imported = Importer.of(trees);
        StringBuilder text = new StringBuilder("# Imported. No secret value is in here.\n");
        for (Imported.LeftOut each : imported.leftOut()) {
            String line = ErrorReport.oneLine(each.what() + ": " + each.why());
            text.append("# To do: ").append(line).append('\n');
            invocation.report().warn(line);
        }
        OutputStream out = invocation.streams().out();
        out.write(text.append(yaml(imported.configuration())).toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
        return ExitCode.OK;
    }

    private static JsonNode read(Path file) {
        byte[] bytes;
        try {
            if (Files.size(file) > LARGEST) {
                throw malformed(file, "it has more than 10 MiB", "use the right file");
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw malformed(file, "it " + FileFailure.reason(file, e), "use a file that exists and that you may read");
        }
        String start = new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.UTF_8).strip();
        if (start.startsWith("<") || start.startsWith("\uFEFF<")) {
            return XmlTree.read(bytes).orElseThrow(() -> malformed(file, "not valid XML", "use the right file"));
        }
        return AliasedYaml.read("import " + file, bytes);
    }

    private static String yaml(ObjectNode configuration) throws IOException {
        ObjectMapper mapper = new ObjectMapper(YAMLFactory.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                .build());
        ObjectNode root = mapper.createObjectNode();
        root.putObject("unclassified").set("awsSecrets", configuration);
        return mapper.writeValueAsString(root);
    }

    private static SecretException malformed(Path file, String reason, String fix) {
        return new SecretException(Problem.MALFORMED, "import " + file, reason, fix);
    }
}
