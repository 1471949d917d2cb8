package io.coapgate.gateway.oauth;

import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.TokenExchangeException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts exchanges by how they end. Thread-safe: its map is not changed after construction. */
final class Tally {
    private static final List<Refusal> REASONS = List.of(
            Refusal.GATEWAY_BUSY,
            Refusal.TOKEN_SERVER_UNREACHABLE,
            Refusal.TOKEN_SERVER_TIMEOUT,
            Refusal.TOKEN_SERVER_BUSY,
            Refusal.TOKEN_SERVER_REFUSED,
            Refusal.TOKEN_SERVER_RESPONSE_INVALID);

    private final LongAdder issued = new LongAdder();
    private final LongAdder unexpected = new LongAdder();
    private final Map<Refusal, LongAdder> failures = new EnumMap<>(Refusal.class);

    Tally() {
        REASONS.forEach(reason -> failures.put(reason, new LongAdder()));
        failures.put(Refusal.TOKEN_EXCHANGE_FAILED, unexpected);
    }

    void issued() {
        issued.increment();
    }

    void failed(Throwable failure) {
        Refusal reason =
                failure instanceof TokenExchangeException exchange ? exchange.reason() : Refusal.TOKEN_EXCHANGE_FAILED;
        failures.getOrDefault(reason, unexpected).increment();
    }

    long issuedSoFar() {
        return issued.sum();
    }

    Map<Refusal, Long> failuresSoFar() {
        Map<Refusal, Long> sums = new EnumMap<>(Refusal.class);
        failures.forEach((reason, count) -> sums.put(reason, count.sum()));
        return sums;
    }
}
