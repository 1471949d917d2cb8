package io.coapgate.gateway.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.gateway.refusal.Refusal;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
    @ParameterizedTest
    @CsvSource({
        "telemetry,/telemetry",
        "caf\u00e9,/caf%C3%A9",
        "a b,/a%20b",
        "a?b#c,/a%3Fb%23c",
        "a+b&c=d,/a+b&c=d",
        "..;a=b,/..%3Ba=b",
        "100%,/100%25",
        "\ud83d\ude00,/%F0%9F%98%80",
        "...,/...",
    })
    void encodesASegmentAsRfc3986Asks(String segment, String encoded) throws Exception {
        assertThat(RequestPath.of(List.of(segment)).encoded()).isEqualTo(encoded);
    }

    @Test
    void joinsSegments() throws Exception {
        assertThat(RequestPath.of(List.of("a", "b", "c")).encoded()).isEqualTo("/a/b/c");
        assertThat(RequestPath.of(List.of()).encoded()).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a/b",
                "/",
                "a\\b",
                "%2e%2e",
                "%2E",
                "a%2fb",
                "a%2Fb",
                "a%5cb",
                "%252f",
                "%00",
                "a%0d%0ab",
                "%7f",
                "\u0000",
                "a\r\nb",
                "\u007f",
                "\u0085",
                "\ufffd",
                "\ud800",
                "\udc00x"
            })
    void refusesWhatAnUpstreamMightReadDifferently(String segment) {
        assertThatThrownBy(() -> RequestPath.of(List.of("a", segment, "b")))
                .isInstanceOfSatisfying(
                        InvalidPathException.class, e -> assertThat(e.reason()).isEqualTo(Refusal.PATH_INVALID));
    }

    @Test
    void refusesTooManySegments() {
        assertThatThrownBy(() -> RequestPath.of(Collections.nCopies(33, "a"))).isInstanceOf(InvalidPathException.class);
    }

    @Test
    void whateverIsAcceptedIsReadBackTheSameAndStaysInPlace() throws Exception {
        Random random = new Random(42);
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            List<String> segments = List.of(randomSegment(random), randomSegment(random));
            try {
                String encoded = RequestPath.of(segments).encoded();
                URI uri = URI.create("http://upstream" + encoded);
                assertThat(uri.normalize()).isEqualTo(uri);
                assertThat(uri.getPath()).isEqualTo("/" + String.join("/", segments));
                assertThat(uri.getRawPath().chars().filter(c -> c == '/')).hasSize(2);
                accepted++;
            } catch (InvalidPathException e) {
                // as well
            }
        }
        assertThat(accepted).isGreaterThan(1_000);
    }

    private static String randomSegment(Random random) {
        String alphabet = "ab./\\%25eE0f?#&;=+ \u00e4\u0001\u20ac";
        StringBuilder segment = new StringBuilder();
        int length = random.nextInt(6);
        for (int i = 0; i < length; i++) {
            segment.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return segment.toString();
    }
}
