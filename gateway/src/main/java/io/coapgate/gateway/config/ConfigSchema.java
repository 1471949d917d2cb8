package io.coapgate.gateway.config;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One of the JSON Schemas (draft 2020-12) that also stand in {@code config/} for editors. Immutable and thread-safe.
 */
final class ConfigSchema {
    private final JsonNode document;
    private final JsonNode root;
    private final Schema schema;

    private ConfigSchema(JsonNode document, JsonNode root, Schema schema) {
        this.document = document;
        this.root = root;
        this.schema = schema;
    }

    static ConfigSchema gateway() {
        return load("gateway.schema.json", "");
    }

    static ConfigSchema devices() {
        return load("devices.schema.json", "");
    }

    /** One entry of the registry by itself, so that a long file need not be held as a tree. */
    static ConfigSchema device() {
        return load("devices.schema.json", "/$defs/device");
    }

    private static ConfigSchema load(String name, String fragment) {
        String text = resource(name);
        JsonNode document = JsonMapper.shared().readTree(text);
        String id = document.get("$id").stringValue();
        // Only the packaged text answers to the id: nothing is ever fetched.
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(id, text)));
        return new ConfigSchema(
                document, document.at(fragment), registry.getSchema(SchemaLocation.of(id + '#' + fragment)));
    }

    private static String resource(String name) {
        try (InputStream in = ConfigSchema.class.getResourceAsStream("/io/coapgate/config/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SchemaNode root() {
        return new SchemaNode(document, root);
    }

    /** Adds everything in the tree that breaks the schema to the problems. */
    void check(YamlTree tree, Problems problems) {
        List<Error> errors = schema.validate(tree.root());
        for (Error error : errors) {
            if (!isInsideAlternative(error)) {
                new SchemaProblem(root(), tree, elements(error.getInstanceLocation()), error).report(problems);
            }
        }
    }

    /** The alternatives of a {@code oneOf} fail one by one as well; the {@code oneOf} itself says it all. */
    private static boolean isInsideAlternative(Error error) {
        return !"oneOf".equals(error.getKeyword()) && error.getEvaluationPath().contains("oneOf");
    }

    private static List<Object> elements(NodePath path) {
        return java.util.stream.IntStream.range(0, path.getNameCount())
                .mapToObj(path::getElement)
                .toList();
    }
}
