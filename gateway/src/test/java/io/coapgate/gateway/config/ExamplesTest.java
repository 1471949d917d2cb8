package io.coapgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.coapgate.crypto.cose.CoseAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files in {@code config/}: the examples load as they are, and the schemas are what editors need. */
class ExamplesTest {
    private static final Path CONFIG = Path.of("..", "config");

    @Test
    void theExamplesLoadWithoutAnyEnvironment() throws Exception {
        GatewayConfig config = new ConfigLoader(Map.of()).load(CONFIG.resolve("gateway.yaml"));
        assertThat(new DevicesFile(config.devicesFile(), Map.of()).read().devices())
                .hasSize(2);
    }

    @Test
    void whatIsCommentedOutInTheExampleIsTrueToTheSchema() throws IOException {
        String text = Files.readString(CONFIG.resolve("gateway.yaml"))
                .replaceAll("(?m)^# (?!yaml-)(?=[a-z-]+:( \\S.*)?$|  +\\S)", "")
                .replaceAll("(?m)^(  +)# (?=[a-z-]+: |- name: x509|  )", "$1");
        Problems problems = new Problems("gateway.yaml");
        YamlReader.read(text, problems).ifPresent(tree -> ConfigSchema.gateway().check(tree, problems));
        assertThat(problems.list()).isEmpty();
        assertThat(text).contains("\njwt:\n  algorithm", "\n  - name: x509\n", "\n    max-queued: 1024");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway.schema.json", "devices.schema.json"})
    void theSchemasAreValid(String name) throws IOException {
        List<Error> errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                .validate(schema(name));
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway.schema.json", "devices.schema.json"})
    void everyPropertyIsDescribedAndNoSectionTakesUnknownKeys(String name) throws IOException {
        List<String> lacking = new ArrayList<>();
        inspect("", schema(name), lacking);
        assertThat(lacking).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway.schema.json", "devices.schema.json"})
    void theSchemaInTheJarIsTheOneInTheConfigDirectory(String name) throws IOException {
        try (var packaged = getClass().getResourceAsStream("/io/coapgate/config/" + name)) {
            assertThat(packaged).hasBinaryContent(Files.readAllBytes(CONFIG.resolve(name)));
        }
    }

    @Test
    void theSchemaListsEveryAlgorithmOfCwts() throws IOException {
        List<String> listed = new ArrayList<>();
        schema("gateway.schema.json")
                .at("/$defs/issuerKey/properties/algorithm/enum")
                .forEach(name -> listed.add(name.asString()));
        assertThat(listed)
                .containsExactlyElementsOf(Arrays.stream(CoseAlgorithm.values())
                        .map(CoseAlgorithm::ianaName)
                        .toList());
    }

    private static JsonNode schema(String name) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(CONFIG.resolve(name)));
    }

    private static void inspect(String path, JsonNode node, List<String> lacking) {
        boolean section = node.path("type").asString("").equals("object");
        if (section && node.path("additionalProperties").isMissingNode()) {
            lacking.add(path + ": additionalProperties");
        }
        node.path("properties").properties().forEach(property -> {
            if (property.getValue().path("description").isMissingNode()
                    && property.getValue().path("$ref").isMissingNode()) {
                lacking.add(path + "/" + property.getKey() + ": description");
            }
            if (property.getValue().path("$ref").isMissingNode()
                    && property.getValue().path("examples").isMissingNode()) {
                lacking.add(path + "/" + property.getKey() + ": examples");
            }
            inspect(path + "/" + property.getKey(), property.getValue(), lacking);
        });
        node.path("$defs").properties().forEach(definition -> {
            if (definition.getValue().path("description").isMissingNode()) {
                lacking.add("$defs/" + definition.getKey() + ": description");
            }
            inspect("$defs/" + definition.getKey(), definition.getValue(), lacking);
        });
    }
}
