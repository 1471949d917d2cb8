package io.coapgate.gateway.oauth;

import io.coapgate.gateway.refusal.Refusal;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a token exchange has done and is doing, for operators.
 *
 * @param issued tokens that an OAuth server has issued
 * @param failures exchanges that came to nothing, by reason; every reason that there can be is there
 * @param running token requests under way
 * @param waiting token requests that wait for their turn
 * @param cached tokens kept for use again, an estimate
 */
public record ExchangeStatistics(long issued, Map<Refusal, Long> failures, int running, int waiting, long cached) {
    public ExchangeStatistics {
        failures = Map.copyOf(new EnumMap<>(failures));
    }
}
