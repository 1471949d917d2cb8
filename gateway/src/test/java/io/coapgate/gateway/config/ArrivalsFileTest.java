package io.coapgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cwt.TokenNumbering;
import io.coapgate.crypto.key.Thumbprint;
import io.coapgate.gateway.token.Arrival;
import io.coapgate.gateway.token.ExpiresInSettings;
import io.coapgate.gateway.token.MutableClock;
import io.coapgate.gateway.token.TokenCounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 9200 §5.10.3 */
class ArrivalsFileTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final ExpiresInSettings SETTINGS =
            new ExpiresInSettings(new TokenNumbering("rs", TokenNumbering.Form.BINARY), HOUR, 2_000);

    private final MutableClock clock = new MutableClock(START);
    private final Path state;

    ArrivalsFileTest(@TempDir Path temporary) {
        this.state = temporary.resolve("state");
    }

    private ArrivalsFile open() throws ConfigException {
        return ArrivalsFile.open(state, new SecureRandom(), clock);
    }

    private Path file() {
        return state.resolve("token-arrivals.log");
    }

    /** Of a token that is known by its number. */
    private Arrival token(long number, Duration exi) {
        return token("as", number, exi, "content of " + number);
    }

    private Arrival token(String issuer, long number, Duration exi, String content) {
        return new Arrival(
                new TokenCounter(issuer, "rs"),
                number,
                Thumbprint.ofContent(content.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                clock.instant().plus(exi));
    }

    private Instant end(ArrivalsFile arrivals, Arrival arrival) throws Exception {
        return arrivals.arrived(arrival, SETTINGS).end();
    }

    private void assertRefused(ArrivalsFile arrivals, Arrival arrival, String reason) {
        assertThatThrownBy(() -> arrivals.arrived(arrival, SETTINGS)).hasMessage(reason);
    }

    @Nested
    class ALife {
        @Test
        void beginsWithTheFirstArrivalAndNotAgain() throws Exception {
            ArrivalsFile arrivals = open();
            assertThat(end(arrivals, token(1, HOUR))).isEqualTo(START.plus(HOUR));
            clock.advance(Duration.ofMinutes(59));
            assertThat(end(arrivals, token(1, HOUR))).isEqualTo(START.plus(HOUR));
            clock.advance(Duration.ofMinutes(1)); // now == end: ended
            assertRefused(arrivals, token(1, HOUR), "token_expired");
        }

        @Test
        void lastsOverARestart() throws Exception {
            end(open(), token(1, HOUR));
            clock.advance(Duration.ofMinutes(59));
            assertThat(end(open(), token(1, HOUR))).isEqualTo(START.plus(HOUR));
            clock.advance(Duration.ofMinutes(1));
            assertRefused(open(), token(1, HOUR), "token_expired");
        }

        @Test
        void isNobodyElsesOfTheSameNumber() throws Exception {
            ArrivalsFile arrivals = open();
            end(arrivals, token(1, HOUR));
            assertRefused(arrivals, token("as", 1, HOUR, "another"), "token_replayed");
            assertRefused(open(), token("as", 1, HOUR, "another"), "token_replayed");
            assertThat(end(arrivals, token("other as", 1, HOUR, "another"))).isEqualTo(START.plus(HOUR));
        }

        @Test
        void isNotProlongedByAClockThatIsPutBack() throws Exception {
            end(open(), token(1, HOUR));
            clock.advance(Duration.ofDays(-1));
            assertRefused(open(), token(1, HOUR), "token_expired");
        }
    }

    @Nested
    class WhatHasEnded {
        @Test
        void coversAllLowerNumbers() throws Exception {
            ArrivalsFile arrivals = open();
            end(arrivals, token(5, HOUR));
            clock.advance(HOUR);
            assertRefused(arrivals, token(4, HOUR), "token_expired");
            assertRefused(arrivals, token(0, HOUR), "token_expired");
            assertThat(end(arrivals, token(6, HOUR))).isEqualTo(START.plus(HOUR).plus(HOUR));
        }

        @Test
        void coversThemOverARestartToo() throws Exception {
            end(open(), token(5, HOUR));
            clock.advance(HOUR.multipliedBy(24));
            assertRefused(open(), token(4, HOUR), "token_expired");
            assertThat(end(open(), token(6, HOUR))).isAfter(clock.instant());
        }

        @Test
        void isEachIssuersOwn() throws Exception {
            ArrivalsFile arrivals = open();
            end(arrivals, token(5, HOUR));
            clock.advance(HOUR);
            assertThat(end(arrivals, token("other as", 4, HOUR, "x"))).isAfter(clock.instant());
        }
    }

    @Nested
    class OutOfOrder {
        @Test
        void aLowerNumberCountsAsLongAsNoHigherOneHasEnded() throws Exception {
            ArrivalsFile arrivals = open();
            end(arrivals, token(6, HOUR));
            clock.advance(Duration.ofMinutes(10));
            assertThat(end(arrivals, token(5, Duration.ofMinutes(5)))).isEqualTo(START.plus(Duration.ofMinutes(15)));
        }

        @Test
        void aLowerNumberEndsWithTheHigherOneAtTheLatest() throws Exception {
            ArrivalsFile arrivals = open();
            end(arrivals, token(6, HOUR));
            clock.advance(Duration.ofMinutes(10));
            assertThat(end(arrivals, token(5, HOUR))).isEqualTo(START.plus(HOUR));
            assertThat(end(open(), token(5, HOUR))).isEqualTo(START.plus(HOUR));
        }

        @Test
        void aShorterLifeOfAHigherNumberCutsThoseThatLive() throws Exception {
            ArrivalsFile arrivals = open();
            TokenCounter counter = token(5, HOUR).counter();
            end(arrivals, token(5, HOUR));
            end(arrivals, token(6, Duration.ofMinutes(10)));
            assertThat(arrivals.passTime()).isFalse();
            assertThat(arrivals.hasEnded(counter, 5)).isFalse();
            clock.advance(Duration.ofMinutes(10));
            assertThat(arrivals.passTime()).isTrue();
            assertThat(arrivals.hasEnded(counter, 5)).isTrue();
            assertThat(arrivals.passTime()).isFalse();
            assertRefused(open(), token(5, HOUR), "token_expired");
        }

        @Test
        void endsThatWereKnownAllAlongNeedNoCut() throws Exception {
            ArrivalsFile arrivals = open();
            end(arrivals, token(5, HOUR));
            end(arrivals, token(6, HOUR));
            clock.advance(HOUR);
            assertThat(arrivals.passTime()).isFalse();
        }
    }

    @Nested
    class Bounds {
        @Test
        void nobodyIsForgottenToMakeRoom() throws Exception {
            ExpiresInSettings few = new ExpiresInSettings(SETTINGS.numbering(), HOUR, 2);
            ArrivalsFile arrivals = open();
            arrivals.arrived(token(1, HOUR), few);
            arrivals.arrived(token(2, HOUR), few);
            assertThat(arrivals.size()).isEqualTo(2);
            assertThatThrownBy(() -> arrivals.arrived(token(3, HOUR), few)).hasMessage("gateway_busy");
            arrivals.arrived(token(2, HOUR), few);
            clock.advance(HOUR);
            arrivals.arrived(token(3, HOUR), few);
        }

        @Test
        void theFileIsWrittenAnewBeforeItIsMuchTooLong() throws Exception {
            ArrivalsFile arrivals = open();
            ArrivalsFile other = open();
            for (int number = 0; number < 1_300; number++) {
                end(arrivals, token(number, Duration.ofMinutes(1)));
                clock.advance(Duration.ofSeconds(1));
            }
            assertThat(Files.readAllLines(file())).hasSizeLessThan(1_200);
            assertRefused(other, token(1_200, HOUR), "token_expired");
            assertThat(end(other, token(1_299, HOUR))).isEqualTo(clock.instant().plusSeconds(59));
            assertRefused(open(), token(0, HOUR), "token_expired");
        }
    }

    @Nested
    class SeveralGateways {
        @Test
        void knowWhatEachHasSeen() throws Exception {
            ArrivalsFile one = open();
            ArrivalsFile two = open();
            end(one, token(1, HOUR));
            clock.advance(Duration.ofMinutes(30));
            assertThat(end(two, token(1, HOUR))).isEqualTo(START.plus(HOUR));
            end(two, token(2, Duration.ofMinutes(1)));
            clock.advance(Duration.ofMinutes(1));
            assertRefused(one, token(1, HOUR), "token_expired");
        }

        @Test
        void loseNothingWhenTheyWriteAtOnce() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<?>> written = new ArrayList<>();
            for (int gateway = 0; gateway < 4; gateway++) {
                ArrivalsFile arrivals = open();
                int first = gateway;
                written.add(threads.submit(() -> {
                    for (int number = first; number < 80; number += 4) {
                        end(arrivals, token(number, HOUR));
                    }
                    return null;
                }));
            }
            for (Future<?> one : written) {
                one.get(2, TimeUnit.MINUTES);
            }
            threads.shutdown();
            assertThat(open().size()).isEqualTo(80);
            assertThat(new HashSet<>(Files.readAllLines(file()))).hasSize(81);
        }
    }

    @Nested
    class TheFile {
        @Test
        void isForItsOwnerOnly() throws Exception {
            open();
            assertThat(Files.getPosixFilePermissions(file())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }

        @Test
        void losesALineThatWasNeverWhole() throws Exception {
            end(open(), token(1, HOUR));
            Files.writeString(file(), "+ YXM cnM 2 17672", StandardOpenOption.APPEND);
            ArrivalsFile arrivals = open();
            assertThat(end(arrivals, token(2, HOUR))).isEqualTo(START.plus(HOUR));
            assertThat(open().size()).isEqualTo(2);
        }

        @Test
        void stopsTheStartIfItIsNotAsItWasWritten() throws Exception {
            end(open(), token(1, HOUR));
            end(open(), token(2, HOUR));
            String text = Files.readString(file());
            Files.writeString(file(), text.replace(" 1 1767", " 7 1767"));
            assertThatExceptionOfType(ConfigException.class)
                    .isThrownBy(ArrivalsFileTest.this::open)
                    .satisfies(e -> assertThat(e.problems()).singleElement().satisfies(problem -> {
                        assertThat(problem.file()).isEqualTo(file().toString());
                        assertThat(problem.line()).isEqualTo(2);
                        assertThat(problem.message()).isEqualTo("is not as it was written");
                        assertThat(problem.advice()).contains("remove the file");
                    }));
            assertThat(Files.readString(file())).contains(" 7 1767"); // left alone
        }

        @Test
        void isNoFileOfAnotherKindNorEmpty() throws Exception {
            for (String text : List.of("", "coapgate-1 0123\n", "coapgate-2 0123456789abcdef\n", "x".repeat(100_000))) {
                Files.createDirectories(state);
                Files.writeString(file(), text);
                assertThatExceptionOfType(ConfigException.class).isThrownBy(ArrivalsFileTest.this::open);
            }
        }

        @Test
        void letsNoTokenInWhenItBreaksWhileTheGatewayRuns() throws Exception {
            ArrivalsFile arrivals = open();
            end(arrivals, token(1, HOUR));
            Files.writeString(file(), "garbage\n", StandardOpenOption.APPEND);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> end(arrivals, token(2, HOUR)))
                    .withMessageContaining("token-arrivals.log, line 3");
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> end(arrivals, token(1, HOUR)));
        }
    }
}
