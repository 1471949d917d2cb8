package io.coapgate.gateway.observe;

import io.coapgate.gateway.authz.Feed;
import io.coapgate.gateway.exchange.CoapCode;
import io.coapgate.gateway.exchange.DeviceExchange;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.EventStream;
import io.coapgate.gateway.exchange.ResponseOptions;
import io.coapgate.gateway.payload.DevicePayload;
import io.coapgate.gateway.payload.HttpPayload;
import io.coapgate.gateway.payload.PayloadException;
import io.coapgate.gateway.payload.PayloadMapping;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Tells one observation what a stream of events says: opens the stream again whenever it ends, and before its JWT does. It
 * decides nothing: polls, which go on, find out what a stream has not told and whether there is an error. Thread-safe.
 */
final class EventFeed {
    private final DeviceExchange exchange;
    private final Timers timers;
    private final Observation observation;
    private final Feed.Events settings;
    private final PacedOffers offers;

    /** Guarded by this. */
    private final EventPace pace;
    /** Guarded by this: the attempt that counts. */
    private @Nullable EventReader reader;
    /** Guarded by this: its stream, once there is one. */
    private @Nullable EventStream stream;
    /** Guarded by this. */
    private Optional<String> lastEventId = Optional.empty();
    /** Guarded by this: for the next attempt, or the renewal. */
    private @Nullable Future<?> timer;
    /** Guarded by this. */
    private boolean closed;

    EventFeed(DeviceExchange exchange, Timers timers, Observation observation, Feed.Events settings) {
        this.exchange = exchange;
        this.timers = timers;
        this.observation = observation;
        this.settings = settings;
        this.offers = new PacedOffers(timers, observation);
        this.pace = new EventPace(timers);
    }

    void open() {
        EventReader attempt = new EventReader(this, mapping().maxResponseBytes());
        Optional<String> from;
        synchronized (this) {
            if (closed) {
                return;
            }
            reader = attempt;
            from = lastEventId;
        }
        observation.permit().ifPresent(granted -> {
            var unused = exchange.events(
                            observation.request(),
                            target(),
                            observation.observed().route(),
                            granted,
                            from,
                            attempt)
                    .whenComplete((opened, failure) -> {
                        if (failure == null) {
                            opened(attempt, opened);
                        } else {
                            ended(attempt, Optional.empty());
                        }
                    });
        });
    }

    private String target() {
        String path = observation.observed().target().path().encoded();
        String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String suffixed = settings.suffix().isEmpty() ? path : base + settings.suffix();
        return suffixed + observation.observed().target().query().encoded();
    }

    private PayloadMapping mapping() {
        return observation.observed().route().translation().payload();
    }

    private void opened(EventReader attempt, EventStream opened) {
        synchronized (this) {
            if (!closed && reader == attempt) {
                stream = opened;
                Duration lifetime = Duration.between(timers.now(), opened.expiresAt());
                timer = timers.after(pace.renewal(lifetime), () -> renew(attempt));
                return;
            }
        }
        opened.body().close();
    }

    /** With a fresh JWT, where the old stream was. */
    private void renew(EventReader attempt) {
        if (leave(attempt)) {
            open();
        }
    }

    /** @return whether this was the attempt that counts */
    private boolean leave(EventReader attempt) {
        EventStream left;
        synchronized (this) {
            if (closed || reader != attempt) {
                return false;
            }
            left = stream;
            stream = null;
            reader = null;
            cancel(timer);
        }
        if (left != null) {
            left.body().close();
        }
        return true;
    }

    private static void cancel(@Nullable Future<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }

    /** Whatever was missed before is asked for. */
    void begun() {
        observation.hurry();
    }

    /** @param id where the stream is now */
    void event(EventReader attempt, ServerSentEvent event, Optional<String> id) {
        synchronized (this) {
            if (closed || reader != attempt) {
                return;
            }
            lastEventId = id;
            pace.worked();
        }
        try {
            offers.offer(state(event));
        } catch (PayloadException e) {
            observation.hurry(); // what it is instead, a poll finds out
        }
    }

    private DeviceResponse state(ServerSentEvent event) throws PayloadException {
        DevicePayload payload = mapping()
                .toDevice(
                        new HttpPayload(settings.mediaType(), event.bytes()),
                        observation.request().accept());
        return DeviceResponse.of(
                CoapCode.CONTENT, ResponseOptions.NONE.withContentFormat(payload.contentFormat()), payload.payload());
    }

    /** @param retry what the stream has said of when to come again */
    void ended(EventReader attempt, Optional<Duration> retry) {
        if (leave(attempt)) {
            synchronized (this) {
                if (!closed) {
                    timer = timers.after(pace.next(retry), this::open);
                }
            }
        }
    }

    /** The upstream has no stream for this, and wants not to be asked again. Polls remain. */
    void unwanted(EventReader attempt) {
        var unused = leave(attempt);
    }

    void close() {
        EventStream left;
        synchronized (this) {
            closed = true;
            left = stream;
            cancel(timer);
        }
        if (left != null) {
            left.body().close();
        }
    }
}
