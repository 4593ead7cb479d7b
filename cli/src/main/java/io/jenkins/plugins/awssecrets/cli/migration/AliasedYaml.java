package io.jenkins.plugins.awssecrets.cli.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awssecrets.cli.config.YamlMistake;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.io.ByteArrayInputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML as configuration as code reads it, with anchors, aliases and merge keys ({@code <<}) put in, of which Jackson
 * makes texts. Scalars are texts.
 */
final class AliasedYaml {
    private static final int LARGEST = 10 << 20;
    private static final int DEEPEST = 64;

    private AliasedYaml() {}

    /** @throws SecretException for what is no YAML, with the place; the parser's own texts quote the file */
    static JsonNode read(String subject, byte[] text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(LARGEST);
        Yaml yaml = new Yaml(
                new SafeConstructor(options),
                new Representer(new DumperOptions()),
                new DumperOptions(),
                options,
                new Texts());
        try {
            Object loaded = yaml.load(new ByteArrayInputStream(text));
            if (isDeeper(loaded, DEEPEST)) {
                throw malformed(
                        subject, "an anchor that holds itself, or more than " + DEEPEST + " levels", "write it out");
            }
            return new ObjectMapper().valueToTree(loaded);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            YamlMistake mistake = YamlMistake.of(String.valueOf(e.getMessage()));
            throw malformed(
                    mark == null ? subject : subject + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1),
                    mistake.reason(),
                    mistake.fix());
        } catch (YAMLException | IllegalArgumentException e) {
            throw malformed(subject, YamlMistake.UNKNOWN.reason(), YamlMistake.UNKNOWN.fix());
        }
    }

    private static SecretException malformed(String subject, String reason, String fix) {
        return new SecretException(Problem.MALFORMED, subject, reason, fix);
    }

    private static boolean isDeeper(Object node, int levels) {
        Collection<?> below =
                node instanceof Map<?, ?> map ? map.values() : node instanceof Collection<?> list ? list : List.of();
        return levels == 0 || below.stream().anyMatch(one -> isDeeper(one, levels - 1));
    }

    /** Takes nothing but merge keys and what is absent for more than a text. */
    private static final class Texts extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.MERGE, MERGE, "<");
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
        }
    }
}
