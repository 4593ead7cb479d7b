package io.jenkins.plugins.awssecrets.cli.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
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

    private AliasedYaml() {}

    /** @return empty for what is no YAML; why is not told, as the parser's texts quote the file */
    static Optional<JsonNode> read(byte[] text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        Yaml yaml = new Yaml(
                new SafeConstructor(options),
                new Representer(new DumperOptions()),
                new DumperOptions(),
                options,
                new Texts());
        try {
            return Optional.of(new ObjectMapper().valueToTree(yaml.load(new ByteArrayInputStream(text))));
        } catch (YAMLException | IllegalArgumentException e) {
            return Optional.empty();
        }
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
