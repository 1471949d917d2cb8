package io.coapgate.gateway.upstream;

import io.coapgate.gateway.refusal.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The responses of one upstream that are read as they come. They last, and so have connections of their own: they take none
 * from requests. Thread-safe.
 */
final class Streams {
    /** One more is refused; each may hold a connection. */
    static final int MAX_STREAMS = 512;

    /** Services send something at least so often; the HTML standard advises 15 seconds. */
    static final Duration MAX_SILENCE = Duration.ofMinutes(2);

    private static final BodyStream CLOSED = () -> {};

    private final Targets targets;
    private final Duration maxSilence;
    private final AtomicInteger open = new AtomicInteger();

    Streams(Targets targets, Duration maxSilence) {
        this.targets = targets;
        this.maxSilence = maxSilence;
    }

    BodyStream open(UpstreamRequest request, BodyReader reader) {
        if (open.incrementAndGet() > MAX_STREAMS) {
            open.decrementAndGet();
            reader.end(Optional.of(new UpstreamException(Refusal.UPSTREAM_BUSY, "too many streams are open")));
            return CLOSED;
        }
        Target target = targets.choose();
        HttpStream stream = new HttpStream(target.streamContext(), request, maxSilence, reader, open::decrementAndGet);
        try {
            stream.start(target.streamClient());
            return stream;
        } catch (RejectedExecutionException e) {
            open.decrementAndGet();
            reader.end(Optional.of(new UpstreamException(Refusal.UPSTREAM_UNREACHABLE, "the client is closed", e)));
            return CLOSED;
        }
    }

    /** Streams that are open or being opened. */
    int open() {
        return open.get();
    }
}
