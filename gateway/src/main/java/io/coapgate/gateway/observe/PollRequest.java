package io.coapgate.gateway.observe;

import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.EntityTag;
import io.coapgate.gateway.exchange.ExchangeId;
import io.coapgate.gateway.exchange.Preconditions;
import io.coapgate.gateway.exchange.RequestOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a poll asks: what the device asked at first, if it has changed since. */
final class PollRequest {
    private PollRequest() {}

    /**
     * @param carrier on whose behalf it is sent
     * @param spanId of this poll, in the trace of the registration
     */
    static DeviceRequest of(Observation carrier, List<Observation> all, long spanId) {
        DeviceRequest first = carrier.request();
        return new DeviceRequest(
                new ExchangeId(first.id().high(), spanId | 1),
                first.device(),
                first.peer(),
                first.method(),
                options(first, heldByAll(all)),
                first.payload());
    }

    /** Of what the device asked only what chooses the representation: a poll gets it whole, in no blocks. */
    private static RequestOptions options(DeviceRequest first, Optional<EntityTag> held) {
        RequestOptions options = RequestOptions.of(
                        first.options().path(), first.options().query())
                .withPreconditions(new Preconditions(held.stream().toList(), List.of(), false, false));
        if (first.contentFormat().isPresent()) {
            options = options.withContentFormat(first.contentFormat().getAsInt());
        }
        return first.accept().isPresent() ? options.withAccept(first.accept().getAsInt()) : options;
    }

    /** The one entity-tag that everybody holds; empty if somebody needs the whole representation, come what may. */
    private static Optional<EntityTag> heldByAll(List<Observation> all) {
        if (all.stream().anyMatch(Observation::isRefreshDue)) {
            return Optional.empty();
        }
        Set<Optional<EntityTag>> tags =
                all.stream().map(observation -> observation.version().etag()).collect(Collectors.toSet());
        return tags.size() == 1 ? tags.iterator().next() : Optional.empty();
    }
}
