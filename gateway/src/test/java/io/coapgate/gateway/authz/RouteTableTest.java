package io.coapgate.gateway.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.upstream.Audience;
import io.coapgate.gateway.upstream.UpstreamName;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
    private final RouteTable table = table("/a", "/a/b", "/a/{x}", "/a/{x}/c", "/a/**", "/files/**", "/{x}/y");

    @ParameterizedTest
    @CsvSource({
        "/a,/a",
        "/a/b,/a/b",
        "/a/z,/a/{x}",
        "/a/b/c,/a/{x}/c",
        "/a/b/d,/a/**",
        "/a/q/r/s,/a/**",
        "/files,/files/**",
        "/files/1/2,/files/**",
        "/q/y,/{x}/y",
    })
    void theMostSpecificRouteTakesThePath(String path, String template) throws Exception {
        assertThat(table.match(path(path))).map(Route::toString).contains(template);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/b", "/q/z", "/filesystem", "/A"})
    void otherPathsHaveNoRoute(String path) throws Exception {
        assertThat(table.match(path(path))).isEmpty();
    }

    @Test
    void refusesTwoRoutesForTheSamePaths() {
        assertThatThrownBy(() -> table("/a/{x}", "/a/{y}"))
                .hasMessageContaining("/a/{x}")
                .hasMessageContaining("/a/{y}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "", "/a//b", "/a/", "/**/a", "/a/../b", "/.", "/a b", "/{}", "/{A}", "/a%2fb", "/*"})
    void refusesTemplatesThatCouldMeanSomethingElse(String template) {
        assertThatThrownBy(() -> PathTemplate.parse(template)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsTheScopesOfAnAudience() {
        assertThat(table.scopesOf(new Audience("https://backend.example"))).isEqualTo(ScopeSet.of("read", "write"));
        assertThat(table.scopesOf(new Audience("https://other.example"))).isEqualTo(ScopeSet.EMPTY);
    }

    static RequestPath path(String path) throws InvalidPathException {
        return RequestPath.of(Stream.of(path.substring(1).split("/"))
                .filter(s -> !s.isEmpty())
                .toList());
    }

    private static RouteTable table(String... templates) {
        return new RouteTable(
                Arrays.stream(templates).map(RouteTableTest::route).toList());
    }

    private static Route route(String template) {
        return new Route(
                PathTemplate.parse(template),
                new UpstreamName("backend"),
                new Audience("https://backend.example"),
                Route.Authentication.TOKEN,
                Map.of(CoapMethod.GET, ScopeSet.of("read"), CoapMethod.POST, ScopeSet.of("write")),
                Map.of(),
                Duration.ofSeconds(5),
                1024,
                Translations.DEFAULT,
                Optional.empty());
    }
}
