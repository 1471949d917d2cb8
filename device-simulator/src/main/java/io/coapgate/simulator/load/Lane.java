package io.coapgate.simulator.load;

import io.coapgate.simulator.device.Answer;
import io.coapgate.simulator.device.DeviceRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One device's requests, one at a time as RFC 7252 §4.7 wants it (NSTART = 1): what becomes due meanwhile waits here, and
 * its waiting counts. Thread-safe.
 */
final class Lane {
    private static final int MAX_WAITING = 10_000;

    private final Member member;
    private final RequestTemplate template;
    private final LoadStatistics statistics;
    private final Clock clock;
    private final AtomicLong sent = new AtomicLong();
    /** Due times, System.nanoTime(). Guarded by this. */
    private final Queue<Long> waiting = new ArrayDeque<>();
    /** Guarded by this. */
    private boolean busy;

    Lane(Member member, RequestTemplate template, LoadStatistics statistics, Clock clock) {
        this.member = member;
        this.template = template;
        this.statistics = statistics;
        this.clock = clock;
    }

    /** Sends a request that is due at this {@link System#nanoTime()}, as soon as the device is free. */
    void offer(long dueNanos) {
        Optional<Outcast> outcast = member.outcast();
        if (outcast.isPresent()) {
            tryOn(outcast.get());
            return;
        }
        statistics.due(System.nanoTime() - dueNanos);
        synchronized (this) {
            if (busy && waiting.size() >= MAX_WAITING) {
                statistics.notSent("not sent, too many waiting");
                return;
            }
            if (busy) {
                waiting.add(dueNanos);
                return;
            }
            busy = true;
        }
        send(dueNanos);
    }

    /** One that is no part of the fleet sends as before, and nothing waits. */
    private void tryOn(Outcast outcast) {
        synchronized (this) {
            if (busy) {
                return;
            }
            busy = true;
        }
        member.send(next()).whenComplete((answer, failure) -> {
            statistics.ofOutcast(Optional.of(outcast), answer, failure);
            sendWaiting();
        });
    }

    /** Sends one request after the other, with a pause between, until this {@link System#nanoTime()}. */
    void repeatUntil(long endNanos, Duration pause, Pauses pauses) {
        long now = System.nanoTime();
        if (now >= endNanos) {
            return;
        }
        statistics.due(0);
        statistics.sent();
        member.send(next()).whenComplete((answer, failure) -> {
            completed(answer, failure, System.nanoTime() - now);
            if (pause.isZero()) {
                repeatUntil(endNanos, pause, pauses);
            } else {
                pauses.later(pause, () -> repeatUntil(endNanos, pause, pauses));
            }
        });
    }

    /** Runs something later. */
    @FunctionalInterface
    interface Pauses {
        void later(Duration delay, Runnable task);
    }

    private void send(long dueNanos) {
        statistics.sent();
        member.send(next()).whenComplete((answer, failure) -> {
            completed(answer, failure, System.nanoTime() - dueNanos);
            sendWaiting();
        });
    }

    private void completed(@Nullable Answer answer, @Nullable Throwable failure, long nanosAfterDue) {
        Optional<Outcast> outcast = member.outcast();
        if (outcast.isPresent()) {
            statistics.completed(outcast.get(), answer, failure);
        } else {
            statistics.completed(answer, failure, nanosAfterDue);
        }
    }

    private void sendWaiting() {
        member.outcast().ifPresent(this::giveUpWaiting);
        Long due;
        synchronized (this) {
            due = waiting.poll();
            busy = due != null;
        }
        if (due != null) {
            send(due);
        }
    }

    /** They were due before the device became an outcast, and would each wait for an answer that does not come. */
    private synchronized void giveUpWaiting(Outcast outcast) {
        while (waiting.poll() != null) {
            statistics.notSent(outcast.told("not sent"));
        }
    }

    private DeviceRequest next() {
        return template.request(member.id(), sent.getAndIncrement(), clock, ThreadLocalRandom.current());
    }
}
