package io.coapgate.gateway.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.upstream.Upstream;
import io.coapgate.gateway.upstream.UpstreamRequest;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationsTest {
    private static final Upstream BACKEND = new Upstream() {
        @Override
        public CompletionStage<UpstreamResponse> send(UpstreamRequest request) {
            throw new AssertionError();
        }

        @Override
        public boolean serves(URI url) {
            return "https".equals(url.getScheme()) && "backend.example:8443".equals(url.getAuthority());
        }
    };

    private static Optional<Location> of(String field) throws Exception {
        return Locations.of(field, RequestTarget.of(List.of("things", "a b"), List.of("x=1")), BACKEND);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '→', textBlock = """
            /things/5                                 → [things, 5]    → []
            5                                         → [things, 5]    → []
            ./5?a=1&b=2                               → [things, 5]    → [a=1, b=2]
            ../5                                      → [5]            → []
            /                                         → []             → []
            /a%20b/c+d?q=%C3%A9%2B                    → [a b, c+d]     → [q=é+]
            https://backend.example:8443/things/5#top → [things, 5]    → []
            """)
    void namesPathAndQueryOnTheSameUpstream(String field, String path, String query) throws Exception {
        Location location = of(field).orElseThrow();
        assertThat(location.path()).hasToString(path);
        assertThat(location.query()).hasToString(query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://stranger.example/things/5",
                "http://backend.example:8443/things/5",
                "https://backend.example/things/5",
                "https://backend.example:8443@stranger.example/5",
                "//stranger.example/things/5",
                "//backend.example:8443/things/5",
                "mailto:a@b.example",
                "javascript:alert(1)",
                "/things/%2e%2e/5",
                "/things/a%2Fb",
                "/things/a%5Cb",
                "/things/a%0D%0Ab",
                "/things//5",
                "/things/5/",
                "/../..",
                "/things/%zz",
                "/things/%ff",
                "http://[",
                "/things/a b",
                "/things;v=1/5",
                "/things/5?a=1;b=2",
                "/things/5?a=b+c",
            })
    void dropsWhatTheDeviceCouldNotAskFor(String field) throws Exception {
        assertThat(of(field)).isEmpty();
    }

    @Test
    void dropsWhatDoesNotFitAnOption() throws Exception {
        assertThat(of("/" + "x".repeat(255))).isPresent();
        assertThat(of("/" + "x".repeat(256))).isEmpty();
        assertThat(of("/a?" + "x".repeat(256))).isEmpty();
        assertThat(of("/a".repeat(33))).isEmpty();
    }
}
