package io.coapgate.simulator.load;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Devices that send request after request at a rate of their own, whatever the answers and without waiting for them, which
 * RFC 7252 §4.7 forbids. Thread-safe.
 */
final class Flood implements AutoCloseable {
    private final List<Member> members;
    private final double rate;
    private final RequestTemplate template;
    private final LoadStatistics statistics;
    private final Clock clock;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "flood");

    private Flood(List<Member> members, double rate, RequestTemplate template, LoadStatistics statistics, Clock clock) {
        this.members = members;
        this.rate = rate;
        this.template = template;
        this.statistics = statistics;
        this.clock = clock;
        thread.setDaemon(true);
    }

    /**
     * Begins now.
     *
     * @param rate requests per second, of all together
     */
    static Flood start(
            List<Member> members, double rate, RequestTemplate template, LoadStatistics statistics, Clock clock) {
        Flood flood = new Flood(members, rate, template, statistics, clock);
        flood.thread.start();
        return flood;
    }

    private void run() {
        PrimitiveIterator.OfLong schedule =
                new Shape.Constant(rate).due(Duration.ofDays(1), ThreadLocalRandom.current());
        long begin = System.nanoTime();
        try {
            for (long n = 0; schedule.hasNext(); n++) {
                long left = begin + schedule.nextLong() - System.nanoTime();
                if (over.await(left, TimeUnit.NANOSECONDS)) {
                    return;
                }
                send(members.get((int) (n % members.size())), n);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts this thread but the end of the virtual machine
        }
    }

    private void send(Member member, long n) {
        var unused = member.sendUnasked(template.request(member.id(), n, clock, ThreadLocalRandom.current()))
                .whenComplete((answer, failure) -> statistics.ofOutcast(member.outcast(), answer, failure));
    }

    @Override
    public void close() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
