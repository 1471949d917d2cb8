package io.coapgate.gateway.trust;

import io.coapgate.gateway.token.TrustedIssuer;
import io.coapgate.gateway.upstream.WebClients;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/** The issuers whose key sets are had by URL. Thread-safe. */
public final class KeySets {
    /** No issuer. */
    public static final KeySets NONE = new KeySets(List.of());

    private final List<RemoteKeySet> sets;

    private KeySets(List<RemoteKeySet> sets) {
        this.sets = List.copyOf(sets);
    }

    /**
     * Asks for every set at once and goes on asking; does not wait for an answer.
     *
     * @param timer runs nothing but the start of a request
     */
    public static KeySets open(
            List<KeySetSettings> settings, WebClients clients, ScheduledExecutorService timer, Clock clock) {
        List<RemoteKeySet> sets = settings.stream()
                .map(one -> new RemoteKeySet(one, new KeySetFetch(one, clients)::fetch, timer, clock))
                .toList();
        sets.forEach(RemoteKeySet::start);
        return new KeySets(sets);
    }

    public List<TrustedIssuer> issuers() {
        return sets.stream().map(set -> new TrustedIssuer(set.issuer(), set)).toList();
    }

    /** By issuer, in the order of the configuration. */
    public Map<String, KeySetStatistics> statistics() {
        Map<String, KeySetStatistics> statistics = new LinkedHashMap<>();
        sets.forEach(set -> statistics.put(set.issuer(), set.statistics()));
        return statistics;
    }
}
