package io.coapgate.gateway.observe;

import io.coapgate.gateway.authz.Decision;
import io.coapgate.gateway.exchange.CoapCode;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.ObservationEnd;
import io.coapgate.gateway.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * That one device observes one resource: what it has been told, and whether it may be told more. That is decided anew at
 * every notification, and when the grant ends. Thread-safe; blocks nobody.
 */
public final class Observation {
    private final Observations owner;
    private final DeviceRequest request;
    private final Observed observed;
    private final Observer observer;
    private final GrantEnd grantEnd;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile Source source = Source.NONE;

    /** Guarded by this. */
    private Version version;
    /** Guarded by this; empty until a representation with one has come. */
    private OptionalInt format;
    /** Guarded by this. */
    private Instant sentAt;
    /** Guarded by this: the tick of what was told last. */
    private long toldTick;

    Observation(Observations owner, DeviceRequest request, Observed observed, Observer observer, DeviceResponse first) {
        this.owner = owner;
        this.request = request;
        this.observed = observed;
        this.observer = observer;
        this.grantEnd = new GrantEnd(owner.timers(), this::isPermitted);
        this.version = Version.of(first);
        this.format = first.contentFormat();
        this.sentAt = owner.timers().now();
    }

    /** A state as the device is to see it: fresh until the next notification is overdue, RFC 7641 §4.3.1. */
    public DeviceResponse dated(DeviceResponse state) {
        return state.withMaxAge(maxAge());
    }

    /** Ends it without a word to the device. May be called again: the first reason counts. */
    public void end(ObservationEnd reason) {
        finish(reason);
    }

    /** Ends it with a last word. */
    void end(ObservationEnd reason, DeviceResponse last) {
        if (finish(reason)) {
            observer.ended(last);
        }
    }

    private boolean finish(ObservationEnd reason) {
        boolean first = over.compareAndSet(false, true);
        if (first) {
            grantEnd.cancel();
            source.remove(this);
            owner.ended(this, reason);
        }
        return first;
    }

    boolean isOver() {
        return over.get();
    }

    DeviceRequest request() {
        return request;
    }

    Observed observed() {
        return observed;
    }

    /** From now on this one feeds it. */
    void attach(Source feeding) {
        source = feeding;
        if (isOver()) { // meanwhile
            feeding.remove(this);
        }
    }

    /** There may be something new upstream. */
    void hurry() {
        source.hurry();
    }

    synchronized Version version() {
        return version;
    }

    /** Whether it is time to send the state again even if it has not changed. */
    synchronized boolean isRefreshDue() {
        return !owner.timers().now().isBefore(sentAt.plus(observed.feed().refresh()));
    }

    /** From then on the device takes what it was told for outdated. */
    synchronized Instant freshUntil() {
        return sentAt.plus(maxAge());
    }

    private Duration maxAge() {
        return observed.feed().maxAge().plus(observed.route().responseTimeout());
    }

    /** Whether the device may still be told something; if not, this was the end. */
    boolean isPermitted() {
        return permit().isPresent();
    }

    /** The proof that the device may still be told something; if there is none, this was the end. */
    Optional<Decision.Granted> permit() {
        Decision decision = owner.reauthorization().decide(request, observed);
        if (decision instanceof Decision.Granted granted) {
            grantEnd.arm(granted.notAfter());
            return isOver() ? Optional.empty() : Optional.of(granted);
        }
        Refusal reason = ((Decision.Denied) decision).reason();
        end(ObservationEnd.UNAUTHORIZED, owner.reauthorization().farewell(reason, request, observed.route()));
        return Optional.empty();
    }

    /**
     * A representation that this device may see if it may see anything: told if it is news, or if it is time.
     *
     * @param offered which one it is: the same for all whom it is offered to
     * @param asOf a tick at which it was the newest, or before; what was told since then is newer
     */
    void offer(DeviceResponse state, Version offered, long asOf) {
        if (isKnown(offered, asOf) || !isPermitted()) {
            return;
        }
        if (!fits(state)) {
            end(ObservationEnd.FORMAT_CHANGED, DeviceResponse.of(CoapCode.NOT_ACCEPTABLE));
            return;
        }
        synchronized (this) {
            if (toldTick > asOf) { // meanwhile
                return;
            }
            version = offered;
            sentAt = owner.timers().now();
            toldTick = owner.timers().tick();
            observer.changed(dated(state));
        }
    }

    /** It may have an entity-tag now, if it was told by an event before. */
    private synchronized boolean isKnown(Version offered, long asOf) {
        if (toldTick > asOf) {
            return true; // and outdated
        }
        boolean known = offered.isSameAs(version) && !isRefreshDue();
        if (known && offered.etag().isPresent()) {
            version = offered;
        }
        return known;
    }

    /** All notifications have one content-format, RFC 7641 §4.2; what has no payload has none that could differ. */
    private synchronized boolean fits(DeviceResponse state) {
        if (format.isEmpty()) {
            format = state.contentFormat();
        }
        return state.payload().length == 0 || format.equals(state.contentFormat());
    }
}
