package io.coapgate.gateway.observe;

import io.coapgate.gateway.authz.Feed;
import io.coapgate.gateway.exchange.CoapCode;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.ObservationEnd;
import io.coapgate.gateway.exchange.Refusals;
import io.coapgate.gateway.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an upstream again and again for one representation: for one device, or, while the upstream says that it is public,
 * for all that observe it, with the JWT of one of them. At most one request is under way. Thread-safe.
 */
final class Poll implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(Poll.class);
    private static final Duration UNTIL_ITS_TURN = Duration.ofSeconds(1);

    private final Polls polls;
    private final Representation representation;
    private final Feed.Polling feed;
    private final PollPace pace;
    private final Observers observers = new Observers();

    /** No request before; written by the one task or answer that is under way. */
    private volatile Instant dueAt = Instant.MIN;
    /** The last answer, if there was no state in it; written as dueAt is. */
    private volatile @Nullable DeviceResponse outage;
    /** Guarded by this. */
    private @Nullable Future<?> timer;

    private final AtomicBoolean hurrying = new AtomicBoolean();
    /** Written by the one that hurries. */
    private volatile Instant mayHurryAt = Instant.MIN;

    Poll(Polls polls, Representation representation, Feed.Polling feed) {
        this.polls = polls;
        this.representation = representation;
        this.feed = feed;
        this.pace = new PollPace(polls.timers(), feed.interval());
    }

    Representation representation() {
        return representation;
    }

    /** @return false if this poll is over */
    boolean add(Observation observation) {
        boolean added = observers.add(observation);
        if (added) {
            observation.attach(this);
        }
        return added;
    }

    @Override
    public void remove(Observation observation) {
        if (observers.remove(observation)) {
            close();
        }
    }

    /** @return false if the other one is over; those that it has not taken over stay here */
    boolean moveTo(Poll other) {
        for (Observation observation : observers.all()) {
            if (!other.add(observation)) {
                return false;
            }
            remove(observation);
        }
        return true;
    }

    boolean isOver() {
        return observers.isOver();
    }

    private synchronized void close() {
        polls.unshare(this);
        if (timer != null) {
            timer.cancel(false);
        }
    }

    void scheduleFirst() {
        schedule(pace.first());
    }

    private void schedule(Duration untilDue) {
        Instant now = polls.timers().now();
        dueAt = now.plus(untilDue);
        Duration untilStale = outage == null ? untilDue : Duration.between(now, earliestStale());
        wakeAfter(untilStale.compareTo(untilDue) < 0 ? untilStale : untilDue);
    }

    private synchronized void wakeAfter(Duration delay) {
        if (!isOver()) {
            timer = polls.timers().after(delay, this::wake);
        }
    }

    private Instant earliestStale() {
        return observers.all().stream()
                .map(Observation::freshUntil)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /** However often it is called: once at a time, and no more often than events are told. */
    @Override
    public void hurry() {
        if (hurrying.compareAndSet(false, true)) {
            Instant now = polls.timers().now();
            Duration wait = Duration.between(now, mayHurryAt);
            var unused = polls.timers().after(wait.isNegative() ? Duration.ZERO : wait, this::hurryNow);
        }
    }

    private void hurryNow() {
        mayHurryAt = polls.timers().now().plus(PacedOffers.GAP);
        hurrying.set(false);
        if (outage == null && cancelTimer()) {
            dueAt = polls.timers().now();
            wake();
        }
    }

    /** @return whether nothing is under way now, and nothing will be by itself */
    private synchronized boolean cancelTimer() {
        return timer != null && timer.cancel(false);
    }

    private void wake() {
        Instant now = polls.timers().now();
        DeviceResponse last = outage;
        if (last != null) {
            observers.all().stream()
                    .filter(observation -> !now.isBefore(observation.freshUntil()))
                    .forEach(observation -> observation.end(ObservationEnd.UPSTREAM, PollOutcome.farewell(last)));
        }
        if (now.isBefore(dueAt)) {
            schedule(Duration.between(now, dueAt));
        } else {
            observers.all().stream()
                    .filter(Observation::isPermitted)
                    .findFirst()
                    .ifPresentOrElse(this::ask, () -> schedule(pace.afterState())); // one may have come meanwhile
        }
    }

    private void ask(Observation carrier) {
        if (!polls.takeTurn(this)) {
            wakeAfter(polls.timers().spread(UNTIL_ITS_TURN, 0.5, 1.5));
            return;
        }
        long asOf = polls.timers().tick();
        var unused = answer(carrier).handle((response, failure) -> {
            polls.endTurn(this);
            if (failure != null) {
                LOG.error("polling {} failed", representation.route(), failure);
            }
            hear(carrier, failure == null ? response : Refusals.response(Refusal.INTERNAL_ERROR), asOf);
            return true;
        });
    }

    /** Whatever becomes of one answer, there is a next poll. */
    private void hear(Observation carrier, DeviceResponse response, long asOf) {
        try {
            answered(carrier, response, asOf);
        } catch (RuntimeException e) {
            LOG.error("an answer of {} was not told", representation.route(), e);
            schedule(pace.afterState());
        }
    }

    private CompletionStage<DeviceResponse> answer(Observation carrier) {
        try {
            return polls.exchange()
                    .handle(PollRequest.of(
                            carrier, observers.all(), polls.timers().anyNumber()));
        } catch (RuntimeException | Error e) { // an Error too: the turn must end
            return CompletableFuture.failedFuture(e);
        }
    }

    private void answered(Observation carrier, DeviceResponse response, long asOf) {
        switch (PollOutcome.of(response)) {
            case STATE -> {
                outage = null;
                offer(carrier, response, asOf);
                schedule(pace.afterState());
            }
            case OUTAGE -> {
                if (response.code()
                        == CoapCode.TOO_MANY_REQUESTS) { // the carrier's own doing, and nobody else's affair
                    var unused = seeing(carrier, response);
                }
                outage = response;
                schedule(pace.afterOutage(response));
            }
            case FAILURE -> {
                fail(carrier, response);
                schedule(pace.afterState());
            }
        }
    }

    /** Only the carrier's if the upstream does not say otherwise now, whatever it said before. */
    private void offer(Observation carrier, DeviceResponse state, long asOf) {
        List<Observation> seeing = seeing(carrier, state);
        if (state.code() == CoapCode.CONTENT) {
            Version version = Version.of(state);
            seeing.forEach(observation -> observation.offer(state, version, asOf));
        }
    }

    private void fail(Observation carrier, DeviceResponse error) {
        seeing(carrier, error).stream()
                .filter(Observation::isPermitted) // who is not hears that, and not this
                .forEach(observation -> observation.end(ObservationEnd.UPSTREAM, error));
    }

    private List<Observation> seeing(Observation carrier, DeviceResponse response) {
        if (response.isPublic()) {
            List<Observation> all = observers.all();
            polls.share(this);
            return all;
        }
        polls.unshare(this);
        observers.keepOnly(carrier).forEach(other -> polls.start(other, feed, false));
        return List.of(carrier);
    }
}
