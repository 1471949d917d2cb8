package io.coapgate.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.coapgate.simulator.device.Method;
import io.coapgate.simulator.load.CredentialKind;
import io.coapgate.simulator.load.Sleep;
import io.coapgate.simulator.load.TokenMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The schema by which editors complete and check scenarios says what the reader does. */
class ScenarioSchemaTest {
    private static final Path CONFIG = Path.of("..", "config");
    private static final String LOAD = "load: [{constant: 1}]\n";

    private final JsonNode schema = read(CONFIG.resolve("scenario.schema.json"));

    @Test
    void itIsValid() {
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                        .validate(schema))
                .isEmpty();
    }

    @Test
    void everyKeyHasADescriptionAndAnExampleAndNoSectionTakesUnknownKeys() {
        List<String> lacking = new ArrayList<>();
        inspect("", schema, lacking);
        assertThat(lacking).isEmpty();
    }

    private static void inspect(String path, JsonNode node, List<String> lacking) {
        if (node.path("type").asString("").equals("object")
                && node.path("additionalProperties").asBoolean(true)) {
            lacking.add(path + ": additionalProperties");
        }
        node.path("properties").properties().forEach(property -> {
            for (String needed : List.of("description", "examples")) {
                if (property.getValue().path(needed).isMissingNode()) {
                    lacking.add(path + "/" + property.getKey() + ": " + needed);
                }
            }
            inspect(path + "/" + property.getKey(), property.getValue(), lacking);
        });
        node.path("$defs").properties().forEach(each -> inspect("$defs/" + each.getKey(), each.getValue(), lacking));
        if (!node.path("items").isMissingNode()) {
            inspect(path + "[]", node.path("items"), lacking);
        }
    }

    static Stream<Path> scenarios() throws IOException {
        return Stream.of(CONFIG.resolve("scenarios"), Path.of("src", "test", "resources", "short-scenarios"))
                .flatMap(ScenarioSchemaTest::files);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void scenariosKeepToIt(Path scenario) throws IOException {
        JsonNode tree = YAMLMapper.shared().readTree(Files.readString(scenario));
        assertThat(schema().validate(tree)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fleet: {devices: 0}",
                "fleet: {credental: psk}",
                "expect: [p99]",
                "expect: [latency < 3ms]",
                "events: [{at: 3, do: nat-rebind}]",
                "network: {loss: 0.5}",
                "fleet: {clocks: [{devices: 1}]}"
            })
    void mistakesBreakIt(String line) {
        assertThat(schema().validate(YAMLMapper.shared().readTree(LOAD + line))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zzz: 1                               | /properties",
                "fleet: {zzz: 1}                      | /properties/fleet/properties",
                "'fleet: {clocks: [{ahead: 1s, zzz: 1}]}' | /properties/fleet/properties/clocks/items/properties",
                "request: {zzz: 1}                    | /properties/request/properties",
                "gateway: {zzz: 1}                    | /properties/gateway/properties",
                "network: {zzz: 1}                    | /properties/network/properties",
                "'events: [{at: 1s, do: network, network: {zzz: 1}}]' | /$defs/impairments/properties",
            })
    void theReaderKnowsTheSameKeys(String unknown, String pointer) {
        List<String> known = new ArrayList<>(schema.at(pointer).propertyNames());
        known.sort(null);
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> read(LOAD + unknown))
                .withMessageContaining("zzz: there is no such key; here are " + String.join(", ", known));
    }

    @Test
    void theReaderKnowsTheSameKeysOfPhasesAndOfEvents() {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> read("load: [{constant: 1, zzz: 1}]"))
                .withMessageContaining("here are burst, closed, constant, duration, name, poisson, ramp, step");
        assertThat(schema.at("/properties/load/items/properties").propertyNames())
                .containsExactlyInAnyOrder(
                        "burst", "closed", "constant", "duration", "name", "poisson", "ramp", "step");
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> read(LOAD + "events: [{at: 1s, do: abuse, zzz: 1}]"))
                .withMessageContaining("here are at, devices, do, rate");
        assertThat(schema.at("/properties/events/items/properties").propertyNames())
                .containsExactlyInAnyOrder("at", "devices", "do", "network", "rate");
    }

    @Test
    void choicesAreTheReaders() {
        assertThat(choices("/properties/fleet/properties/credential")).isEqualTo(names(CredentialKind.values()));
        assertThat(choices("/properties/fleet/properties/token")).hasSameElementsAs(names(TokenMode.values()));
        assertThat(choices("/properties/fleet/properties/sleep")).isEqualTo(names(Sleep.values()));
        assertThat(choices("/properties/request/properties/method")).isEqualTo(names(Method.values()));
        assertThat(choices("/properties/events/items/properties/do")).isEqualTo(names(Event.Kind.values()));
        String measures = schema.at("/properties/expect/items/pattern").asString();
        assertThat(measures.substring(2, measures.indexOf(')'))
                        .replace("\\", "")
                        .split("\\|"))
                .containsExactlyInAnyOrder(names(Metric.values()).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fleet", "request", "gateway", "network"})
    void defaultsAreTheReadersAndExamplesCanBeRead(String section) throws IOException {
        Scenario bare = read(LOAD + section + ": {}");
        for (Map.Entry<String, JsonNode> key :
                schema.at("/properties/" + section + "/properties").properties()) {
            JsonNode otherwise = key.getValue().path("default");
            assertThat(otherwise.isMissingNode()).as(key.getKey()).isFalse();
            Scenario same = read(LOAD + section + ": {" + key.getKey() + ": " + otherwise + "}");
            assertThat(same.fleet()).as(key.getKey()).isEqualTo(bare.fleet());
            assertThat(same.place()).as(key.getKey()).isEqualTo(bare.place());
            assertThat(same.load()).as(key.getKey()).hasToString(bare.load().toString());
            read(LOAD + section + ": {" + key.getKey() + ": " + example(key.getValue()) + "}");
        }
    }

    @Test
    void examplesOfSectionsAndShapesCanBeRead() throws IOException {
        for (Map.Entry<String, JsonNode> section : schema.path("properties").properties()) {
            if (!section.getKey().equals("load")) {
                String steady = "load: [{name: steady, constant: 1}]\n";
                read(steady + section.getKey() + ": " + example(section.getValue()));
            }
        }
        for (String shape : List.of("constant", "poisson", "ramp", "step", "burst", "closed")) {
            JsonNode node = schema.at("/properties/load/items/properties/" + shape);
            read("load: [{" + shape + ": " + example(node) + "}]");
        }
    }

    /** Maps and lists stand in the schema as they do in YAML. */
    private static String example(JsonNode key) {
        JsonNode example = key.path("examples").path(0);
        String text = example.isString() ? example.asString() : "";
        return (text.startsWith("{") && !text.startsWith("{\"")) || text.startsWith("[") ? text : example.toString();
    }

    private List<String> choices(String pointer) {
        List<String> choices = new ArrayList<>();
        schema.at(pointer).path("enum").forEach(choice -> choices.add(choice.asString()));
        return choices;
    }

    private static List<String> names(Object[] constants) {
        return Arrays.stream(constants).map(Object::toString).toList();
    }

    private Schema schema() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
    }

    private static Scenario read(String text) throws ScenarioException {
        return ScenarioReader.read("test", "test.yaml", text);
    }

    private static JsonNode read(Path file) {
        try {
            return JsonMapper.shared().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
