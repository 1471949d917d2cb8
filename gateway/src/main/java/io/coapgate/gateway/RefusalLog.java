package io.coapgate.gateway;

import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.upstream.UpstreamName;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator why a device fails: reason, route, device and exchange, and never a key, a token or a body. However many
 * devices fail at once, the log grows by a bounded number of lines a second and says how many it left out. Thread-safe.
 */
final class RefusalLog implements ExchangeListener {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final int LINES_PER_SECOND = 20;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final RequestedRoute where;
    private final LongSupplier nanoTime;
    private final AtomicLong second = new AtomicLong();
    private final AtomicLong linesThisSecond = new AtomicLong();

    RefusalLog(RequestedRoute where, LongSupplier nanoTime) {
        this.where = where;
        this.nanoTime = nanoTime;
    }

    @Override
    public void answered(DeviceRequest request, DeviceResponse response, Duration elapsed) {
        if (response.refusal().isPresent() && mayLog()) {
            Refusal reason = response.refusal().get();
            LOG.info(
                    "request refused: reason={} code={} method={} {} device={} exchange={}",
                    reason.code(),
                    response.code(),
                    request.method(),
                    where.text(request),
                    request.device().id(),
                    request.id());
        }
    }

    @Override
    public void refusedUnread(DeviceId device, Refusal reason) {
        if (mayLog()) {
            LOG.info("request refused: reason={} device={}", reason.code(), device);
        }
    }

    @Override
    public void upstreamFailed(DeviceRequest request, UpstreamName upstream, Refusal reason, String cause) {
        if (mayLog()) {
            LOG.info(
                    "upstream failed: upstream={} reason={} cause=\"{}\" device={} exchange={}",
                    upstream,
                    reason.code(),
                    cause,
                    request.device().id(),
                    request.id());
        }
    }

    @Override
    public void tokenRefused(DeviceId device, Refusal reason) {
        if (mayLog()) {
            LOG.info("token refused: reason={} device={}", reason.code(), device);
        }
    }

    @Override
    public void uploadRefused(InetSocketAddress peer, Refusal reason) {
        if (mayLog()) {
            LOG.info(
                    "token refused: reason={} address={}",
                    reason.code(),
                    peer.getAddress().getHostAddress());
        }
    }

    @Override
    public void handshakeRefused(String credential, Refusal reason) {
        if (mayLog()) {
            LOG.info("handshake refused: reason={} credential={}", reason.code(), credential);
        }
    }

    private boolean mayLog() {
        long now = Math.floorDiv(nanoTime.getAsLong(), NANOS_PER_SECOND);
        long current = second.get();
        if (now != current && second.compareAndSet(current, now)) {
            long suppressed = linesThisSecond.getAndSet(0) - LINES_PER_SECOND;
            if (suppressed > 0) {
                LOG.info("{} more refusals in that second; /metrics counts them all", suppressed);
            }
        }
        return linesThisSecond.incrementAndGet() <= LINES_PER_SECOND;
    }
}
