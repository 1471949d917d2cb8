package io.coapgate.gateway.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.token.MutableClock;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {
    private final Freshness freshness = new Freshness(new MutableClock(Instant.parse("2026-01-01T00:00:00Z")));

    private static UpstreamResponse response(String headers) {
        Map<String, String> fields = new HashMap<>();
        for (String header : headers.split("\\|", -1)) {
            int colon = header.indexOf(':');
            if (colon > 0) {
                fields.put(
                        header.substring(0, colon).strip(),
                        header.substring(colon + 1).strip());
            }
        }
        return new UpstreamResponse(200, fields, new byte[0]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '→', textBlock = """
            nothing                                                            →    0
            cache-control: max-age=30                                          →   30
            cache-control: public, Max-Age=30, must-revalidate                 →   30
            cache-control: max-age="30"                                        →   30
            cache-control: s-maxage=30                                         →    0
            cache-control: x-max-age=30                                        →    0
            cache-control: max-age=9999999999                                  →    0
            cache-control: max-age=-1                                          →    0
            cache-control: no-store, max-age=30                                →    0
            cache-control: no-cache                                            →    0
            cache-control: no-cache="set-cookie", max-age=30                   →   30
            cache-control: max-age=30 | age: 10                                →   20
            cache-control: max-age=30 | age: 31                                →    0
            cache-control: max-age=30 | age: soon                              →   30
            cache-control: max-age=30 | age: 99999999999                       →    0
            cache-control: max-age=5 | expires: Thu, 01 Jan 2026 01:00:00 GMT  →    5
            cache-control: private | expires: Thu, 01 Jan 2026 01:00:00 GMT    → 3600
            expires: Thu, 01 Jan 2026 01:00:00 GMT                             → 3600
            expires: Thu, 01 Jan 2026 01:00:00 GMT | date: Thu, 01 Jan 2026 00:30:00 GMT → 1800
            expires: Thu, 01 Jan 2026 01:00:00 GMT | age: 600                  → 3000
            expires: Wed, 31 Dec 2025 01:00:00 GMT                             →    0
            expires: 0                                                         →    0
            """)
    void isWhatTheResponseSaysLessItsAge(String headers, long seconds) {
        assertThat(freshness.of(response(headers))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '→', textBlock = """
            retry-after: 120                            → 120
            retry-after: Thu, 01 Jan 2026 00:02:00 GMT  → 120
            retry-after: Wed, 31 Dec 2025 00:02:00 GMT  →   0
            retry-after: -1                             →
            retry-after: 99999999999                    →
            retry-after: later                          →
            nothing                                     →
            """)
    void readsRetryAfterInBothForms(String headers, Long seconds) {
        assertThat(freshness
                        .retryAfter(response(headers))
                        .map(Duration::toSeconds)
                        .orElse(null))
                .isEqualTo(seconds);
    }
}
