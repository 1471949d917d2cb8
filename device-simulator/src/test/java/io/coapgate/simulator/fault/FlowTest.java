package io.coapgate.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of datagrams, at times that the test sets. */
class FlowTest {
    private static final long SEED = 42;
    private static final int LOST = 1008; // of 10,000 with that seed
    private static final int DUPLICATED = 450;
    private static final long START = Long.MAX_VALUE - 1000; // System.nanoTime() may run over

    private final Roads roads = new Roads(SEED);
    private final Flow flow = roads.flow(0, Direction.TO_SERVER);
    private final Client client = new Client(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), flow, roads.flow(0, Direction.TO_CLIENT));

    @Test
    void passesEverythingAtOnceAndInOrderWhenNothingIsWrong() {
        send(START, Impairment.NONE, "a", "b", "c");
        assertThat(arrivedAt(START)).containsExactly("a", "b", "c");
    }

    @Test
    void losesAndRepeatsTheSameOnesInEachRun() {
        Impairment impairment = Impairment.NONE.withLoss(0.1).withDuplication(0.05);
        for (int i = 0; i < 10_000; i++) {
            send(START, impairment, "x");
        }
        assertThat(roads.counters(Direction.TO_SERVER).counts())
                .isEqualTo(new LinkCounts(10_000, 10_000, 1, LOST, DUPLICATED, 0, 0, 0, 0));
        assertThat(arrivedAt(START)).hasSize(10_000 - LOST + DUPLICATED);
    }

    @Test
    void throwsOtherDiceForOtherSeedsClientsAndDirections() {
        Impairment half = Impairment.NONE.withLoss(0.5);
        List<String> fates = new ArrayList<>();
        for (Dice dice : List.of(
                new Dice(1, 0, Direction.TO_SERVER),
                new Dice(2, 0, Direction.TO_SERVER),
                new Dice(1, 1, Direction.TO_SERVER),
                new Dice(1, 0, Direction.TO_CLIENT))) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 64; i++) {
                text.append(dice.throwFor(half).lost() ? 'L' : '.');
            }
            fates.add(text.toString());
        }
        assertThat(fates).doesNotHaveDuplicates();
    }

    @Test
    void fatesDoNotDependOnWhatWasInForceBefore() {
        Dice one = new Dice(SEED, 0, Direction.TO_SERVER);
        Dice other = new Dice(SEED, 0, Direction.TO_SERVER);
        Impairment lossy = Impairment.NONE.withLoss(0.5);
        one.throwFor(Impairment.NONE);
        other.throwFor(Impairment.BLACKOUT);
        assertThat(one.throwFor(lossy)).isEqualTo(other.throwFor(lossy));
    }

    @Test
    void letsTheNextOneOvertake() {
        Impairment always = Impairment.NONE.withReordering(1);
        send(START, always, "a", "b", "c", "d", "e");
        assertThat(arrivedAt(START)).containsExactly("b", "a", "d", "c");
        assertThat(roads.counters(Direction.TO_SERVER).counts().reordered()).isEqualTo(2);
        assertThat(arrivedAt(START + TimeUnit.MILLISECONDS.toNanos(Impairment.HOLD_MILLIS)))
                .containsExactly("e");
    }

    @Test
    void delaysEachByAsMuchAsItIsTold() {
        Impairment slow = Impairment.NONE.withDelay(Duration.ofMillis(80), Duration.ofMillis(40));
        for (int i = 0; i < 100; i++) {
            send(START, slow, "x");
        }
        assertThat(arrivedAt(START + TimeUnit.MILLISECONDS.toNanos(80) - 1)).isEmpty();
        assertThat(arrivedAt(START + TimeUnit.MILLISECONDS.toNanos(100))).hasSizeBetween(30, 70);
        assertThat(arrivedAt(START + TimeUnit.MILLISECONDS.toNanos(120))).hasSizeBetween(30, 70);
        assertThat(roads.transit().due(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void datagramsWaitForOneAnotherAtABottleneckAndGetLostWhenTheQueueIsLong() {
        Impairment narrow = Impairment.NONE.withBytesPerSecond(10);
        for (int i = 0; i < 20; i++) {
            send(START, narrow, "x");
        }
        // 0.1 s each: the 12th begins after 1.1 s.
        assertThat(roads.counters(Direction.TO_SERVER).counts().overflowed()).isEqualTo(9);
        assertThat(arrivedAt(START + TimeUnit.MILLISECONDS.toNanos(100))).hasSize(1);
        assertThat(arrivedAt(START + TimeUnit.MILLISECONDS.toNanos(550))).hasSize(4);
        assertThat(arrivedAt(START + TimeUnit.SECONDS.toNanos(2))).hasSize(6);
    }

    @Test
    void takesNoMoreThanItHasRoomFor() {
        Impairment slow = Impairment.NONE.withDelay(Duration.ofMinutes(1), Duration.ZERO);
        byte[] kibibytes = new byte[32 * 1024];
        for (int i = 0; i < 2100; i++) {
            flow.admit(client, kibibytes, START, slow);
        }
        assertThat(roads.counters(Direction.TO_SERVER).counts().overflowed()).isEqualTo(2100 - 2048);
    }

    private void send(long now, Impairment impairment, String... texts) {
        for (String text : texts) {
            flow.admit(client, text.getBytes(StandardCharsets.US_ASCII), now, impairment);
        }
    }

    private List<String> arrivedAt(long now) {
        List<String> texts = new ArrayList<>();
        for (Optional<Datagram> due = roads.transit().due(now);
                due.isPresent();
                due = roads.transit().due(now)) {
            texts.add(new String(due.get().bytes(), StandardCharsets.US_ASCII));
        }
        return texts;
    }
}
