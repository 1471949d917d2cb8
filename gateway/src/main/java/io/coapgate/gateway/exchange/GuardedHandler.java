package io.coapgate.gateway.exchange;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.coapgate.gateway.refusal.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outermost boundary of every request: lets it start, answers when something failed unforeseen, and reports the
 * outcome. What it guards need think of none of that.
 */
public final class GuardedHandler implements RequestHandler {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedHandler.class);

    private final InFlightLimiter limiter;
    private final ExchangeListener listener;
    private final RequestHandler guarded;

    public GuardedHandler(InFlightLimiter limiter, ExchangeListener listener, RequestHandler guarded) {
        this.limiter = limiter;
        this.listener = listener;
        this.guarded = guarded;
    }

    @Override
    public CompletionStage<DeviceResponse> handle(DeviceRequest request) {
        long start = System.nanoTime();
        Optional<Refusal> refusal = limiter.acquire(request.device().id());
        if (refusal.isPresent()) {
            DeviceResponse response = Refusals.response(refusal.get());
            report(request, response, start);
            return completedFuture(response);
        }
        return attempt(request).handle((response, failure) -> {
            limiter.release(request.device().id());
            DeviceResponse answer = failure == null ? response : internalError(request, failure);
            report(request, answer, start);
            return answer;
        });
    }

    private CompletionStage<DeviceResponse> attempt(DeviceRequest request) {
        try {
            return guarded.handle(request);
        } catch (RuntimeException | Error e) { // an Error too: what has been acquired must be released
            return completedFuture(internalError(request, e));
        }
    }

    /** A listener that fails costs its report, never the device's answer. */
    private void report(DeviceRequest request, DeviceResponse answer, long start) {
        try {
            listener.answered(request, answer, Duration.ofNanos(System.nanoTime() - start));
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "exchange {} of {} was not reported",
                    request.id(),
                    request.device().id(),
                    e);
        }
    }

    private static DeviceResponse internalError(DeviceRequest request, Throwable failure) {
        LOG.error("exchange {} of {} failed", request.id(), request.device().id(), failure);
        return Refusals.response(Refusal.INTERNAL_ERROR);
    }
}
