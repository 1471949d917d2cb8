package io.coapgate.gateway.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Reads gateway.yaml: the syntax, then the schema, then what no schema can say. As much as possible of what is wrong is
 * reported at once.
 */
public final class ConfigLoader {
    private static final int MAX_BYTES = 1024 * 1024;

    private final Map<String, String> environment;

    /** @param environment what {@code ${NAME}} stands for, such as {@link System#getenv()} */
    public ConfigLoader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** @throws ConfigException if the file or a file that it names can't be used */
    public GatewayConfig load(Path file) throws ConfigException {
        Problems problems = new Problems(file.toString());
        YamlTree tree = read(file, problems);
        ConfigSchema schema = ConfigSchema.gateway();
        schema.check(tree, problems);
        Section root = new Section(tree.root(), schema.root(), KeyPath.ROOT, tree, problems);
        return new GatewaySections(file, root, problems, environment).config();
    }

    private static YamlTree read(Path file, Problems problems) throws ConfigException {
        try {
            Optional<YamlTree> tree = YamlReader.read(TextFile.read(file, MAX_BYTES), problems);
            if (tree.isPresent()) {
                return tree.get();
            }
        } catch (UnreadableFileException e) {
            problems.add(e.reason(), e.advice());
        }
        throw new ConfigException(problems.list());
    }
}
