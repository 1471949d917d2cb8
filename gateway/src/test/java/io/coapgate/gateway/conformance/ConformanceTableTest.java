package io.coapgate.gateway.conformance;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/coap-conformance.md names tests that there are, and all that say that they are one of ETSI's. */
class ConformanceTableTest {
    private static final Path TABLE = Path.of("..", "docs", "coap-conformance.md");
    private static final Pattern ROW = Pattern.compile("^\\| (TD_COAP_\\w+)\\b.*\\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    private record Named(String id, String type, String method) {}

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(TABLE)).results().toList();
    }

    private static Set<Named> named() throws IOException {
        return rows().stream()
                .flatMap(row -> TEST.matcher(row.group(2))
                        .results()
                        .map(test -> new Named(row.group(1), test.group(1), test.group(2))))
                .collect(toSet());
    }

    private static Set<String> sources(String type) throws IOException {
        Set<String> sources = new TreeSet<>();
        for (String module : List.of("gateway", "device-simulator")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
                files.filter(file -> file.endsWith(type + ".java")).forEach(file -> sources.add(text(file)));
            }
        }
        return sources;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> types() throws IOException {
        return named().stream().map(Named::type).distinct().sorted();
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyTestThatTheTableNamesIsThere(String type) throws IOException {
        assertThat(sources(type))
                .singleElement()
                .satisfies(source -> assertThat(named())
                        .filteredOn(test -> test.type().equals(type))
                        .allSatisfy(test -> assertThat(source).contains("void " + test.method() + "(")));
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                CoreConformanceTest.class,
                SeparateConformanceTest.class,
                BlockConformanceTest.class,
                CacheConformanceTest.class,
                EtsiLibcoapIT.class
            })
    void theTableNamesEachTestInItsRow(Class<?> type) throws IOException {
        Set<Named> marked = new HashSet<>();
        for (Method method : type.getDeclaredMethods()) {
            Etsi etsi = method.getAnnotation(Etsi.class);
            if (etsi != null) {
                for (String id : etsi.value()) {
                    marked.add(new Named(id, type.getSimpleName(), method.getName()));
                }
            }
        }
        assertThat(named().stream().filter(test -> test.type().equals(type.getSimpleName())))
                .containsExactlyInAnyOrderElementsOf(marked);
    }

    @Test
    void noRowIsForgotten() throws IOException {
        assertThat(rows())
                .hasSizeGreaterThan(60)
                .allSatisfy(
                        row -> assertThat(row.group(2)).as(row.group(1)).matches("(`\\w+\\.\\w+`|does not apply: ).*"));
    }
}
