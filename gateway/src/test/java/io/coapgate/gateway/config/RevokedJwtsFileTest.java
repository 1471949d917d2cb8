package io.coapgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.coapgate.gateway.token.MutableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevokedJwtsFileTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant END = START.plus(Duration.ofMinutes(5));

    private final MutableClock clock = new MutableClock(START);
    private final Path state;

    RevokedJwtsFileTest(@TempDir Path temporary) {
        this.state = temporary.resolve("state");
    }

    private RevokedJwtsFile open() throws ConfigException {
        return RevokedJwtsFile.open(state, new SecureRandom(), clock);
    }

    private Path file() {
        return state.resolve("jwt-revocations.log");
    }

    @Test
    void aTokenIsRevokedOnceAndOverARestart() throws Exception {
        RevokedJwtsFile revoked = open();
        assertThat(revoked.contains("a")).isFalse();
        revoked.add("a", END);
        revoked.add("a", END);
        assertThat(revoked.contains("a")).isTrue();
        assertThat(open().contains("a")).isTrue();
        assertThat(open().contains("b")).isFalse();
        assertThat(Files.readAllLines(file())).hasSize(2);
        assertThat(Files.getPosixFilePermissions(file())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void noneIsForgottenToMakeRoomUntilItsEnd() throws Exception {
        open();
        fill(RevokedJwtsFile.MAX_TOKENS);
        RevokedJwtsFile revoked = open();
        assertThatIOException().isThrownBy(() -> revoked.add("one-more", END.plusSeconds(60)));
        assertThat(revoked.contains("one-more")).isFalse();
        assertThat(revoked.contains("t0")).isTrue();
        clock.advance(Duration.ofMinutes(5)); // now == exp: ended
        revoked.add("one-more", END.plusSeconds(60));
        assertThat(revoked.contains("one-more")).isTrue();
        assertThat(Files.readAllLines(file())).hasSize(2);
        assertThat(open().contains("one-more")).isTrue();
    }

    /** As a gateway that has revoked so many would leave the file. */
    private void fill(int tokens) throws Exception {
        new LinesFile(state, RevokedJwtsFile.NAME, new SecureRandom())
                .replace(IntStream.range(0, tokens)
                        .mapToObj(number -> CheckedLine.of(END.getEpochSecond() + " t" + number))
                        .toList());
    }

    @Nested
    class TwoGateways {
        @Test
        void knowAtOnceWhatTheOtherHasRevoked() throws Exception {
            RevokedJwtsFile one = open();
            RevokedJwtsFile two = open();
            one.add("a", END);
            assertThat(two.contains("a")).isTrue();
            two.add("b", END);
            assertThat(one.contains("b")).isTrue();
            assertThat(one.contains("a")).isTrue();
        }

        @Test
        void loseNothingWhenOneStartsWhileTheOtherWrites() throws Exception {
            RevokedJwtsFile one = open();
            for (int i = 0; i < 20; i++) {
                one.add("t" + i, END);
                RevokedJwtsFile started = open();
                started.add("s" + i, END);
            }
            RevokedJwtsFile all = open();
            for (int i = 0; i < 20; i++) {
                assertThat(all.contains("t" + i)).isTrue();
                assertThat(all.contains("s" + i)).isTrue();
                assertThat(one.contains("s" + i)).isTrue();
            }
        }

        @Test
        void loseNothingWhenOneMakesTheFileShorterWhileTheOtherAppends() throws Exception {
            RevokedJwtsFile one = open();
            RevokedJwtsFile two = open();
            fill(1_090);
            assertThat(one.contains("t1089")).isTrue();
            clock.advance(Duration.ofMinutes(5)); // all of these have ended: what comes next makes the file shorter
            Instant later = END.plusSeconds(600);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            List<Future<?>> written = new ArrayList<>();
            for (RevokedJwtsFile gateway : List.of(one, two)) {
                String prefix = gateway == one ? "x" : "y";
                written.add(threads.submit(() -> {
                    for (int i = 0; i < 40; i++) {
                        gateway.add(prefix + i, later);
                    }
                    return null;
                }));
            }
            for (Future<?> each : written) {
                each.get(2, TimeUnit.MINUTES);
            }
            threads.shutdown();
            assertThat(Files.readAllLines(file())).hasSize(81);
            for (RevokedJwtsFile gateway : List.of(one, two, open())) {
                for (int i = 0; i < 40; i++) {
                    assertThat(gateway.contains("x" + i)).isTrue();
                    assertThat(gateway.contains("y" + i)).isTrue();
                }
            }
        }
    }

    @Nested
    class AFile {
        @Test
        void whoseLastLineIsNotWholeLosesThatLineAlone() throws Exception {
            RevokedJwtsFile revoked = open();
            revoked.add("a", END);
            Files.writeString(file(), END.getEpochSecond() + " half", StandardOpenOption.APPEND);
            assertThat(revoked.contains("half")).isFalse();
            revoked.add("b", END);
            RevokedJwtsFile again = open();
            assertThat(again.contains("a")).isTrue();
            assertThat(again.contains("b")).isTrue();
            assertThat(Files.readAllLines(file())).hasSize(3);
        }

        @Test
        void withALastLineThatNobodyWroteIsNotTakenForAWholeOne() throws Exception {
            RevokedJwtsFile revoked = open();
            revoked.add("a", END);
            Files.writeString(file(), "garbage\n", StandardOpenOption.APPEND);
            for (int i = 0; i < 2; i++) {
                assertThatIOException()
                        .isThrownBy(() -> revoked.contains("a"))
                        .withMessage("jwt-revocations.log, line 3, is not as it was written");
            }
            assertThatIOException().isThrownBy(() -> revoked.add("b", END));
            assertThatExceptionOfType(ConfigException.class)
                    .isThrownBy(RevokedJwtsFileTest.this::open)
                    .satisfies(e -> assertThat(e.problems().get(0).toString())
                            .endsWith("jwt-revocations.log:3:1: is not as it was written; JWTs that were revoked could "
                                    + "count again: wait until they have ended, and remove the file"));
        }

        @Test
        void thatIsRemovedTakesNoRevocationAlong() throws Exception {
            RevokedJwtsFile revoked = open();
            revoked.add("a", END);
            Files.delete(file());
            assertThat(revoked.contains("a")).isTrue();
            revoked.add("b", END);
            assertThat(revoked.contains("a")).isTrue();
            assertThat(revoked.contains("b")).isTrue();
        }
    }
}
