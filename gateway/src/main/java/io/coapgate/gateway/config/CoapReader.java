package io.coapgate.gateway.config;

import io.coapgate.gateway.coap.CoapSettings;
import io.coapgate.gateway.coap.TransmissionParameters;
import io.coapgate.gateway.upstream.UpstreamSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code coap} section, and what each listener sets for its own links. */
final class CoapReader {
    private static final Duration MIN_ACK_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration MAX_ACK_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration MAX_EXCHANGE_LIFETIME = Duration.ofHours(24);

    private final Section root;
    private final List<UpstreamSettings> upstreams;

    CoapReader(Section root, List<UpstreamSettings> upstreams) {
        this.root = root;
        this.upstreams = upstreams;
    }

    /** Empty after reporting a problem. */
    Optional<CoapSettings> read() {
        if (!root.isSound("coap")) {
            return Optional.empty();
        }
        Section coap = root.section("coap");
        Map<String, TransmissionParameters> byListener = new HashMap<>();
        for (Section listener : root.sections("listeners")) {
            transmission(coap, listener).ifPresent(parameters -> byListener.put(listener.text("name"), parameters));
        }
        if (coap.duration("block-lifetime").compareTo(MIN_ACK_TIMEOUT) < 0) {
            coap.problem("block-lifetime", "must be 1s or more", "write, for example, 5m");
        }
        if (!coap.isSound()) {
            return Optional.empty();
        }
        int maxResponseBytes = upstreams.stream()
                .mapToInt(upstream -> upstream.connections().maxResponseBytes())
                .max()
                .orElse(0);
        return Optional.of(
                new CoapSettings(byListener, coap.size("max-body"), maxResponseBytes, coap.duration("block-lifetime")));
    }

    private static Optional<TransmissionParameters> transmission(Section coap, Section listener) {
        Section own = listener.section("coap");
        Duration ackTimeout = own.duration("ack-timeout");
        if (ackTimeout.compareTo(MIN_ACK_TIMEOUT) < 0) { // RFC 7252 §4.8.1
            own.problem("ack-timeout", "must be 1s or more", "write, for example, 2s");
        } else if (ackTimeout.compareTo(MAX_ACK_TIMEOUT) > 0) {
            own.problem("ack-timeout", "must be 60s or less", "write, for example, 10s");
        }
        Section windowOwner = own.has("piggyback-window") ? own : coap;
        Duration window = windowOwner.duration("piggyback-window");
        if (own.isSound() && window.compareTo(ackTimeout) >= 0) {
            String message = "must be less than the ack-timeout of listener " + listener.text("name") + ", "
                    + own.text("ack-timeout") + ", or devices send again what is being answered";
            windowOwner.problem("piggyback-window", message, "make this shorter or that longer");
        }
        Duration lifetime = exchangeLifetime(own, ackTimeout);
        if (!own.isSound() || !coap.isSound()) {
            return Optional.empty();
        }
        return Optional.of(new TransmissionParameters(
                ackTimeout,
                own.integer("max-retransmit"),
                own.integer("nstart"),
                lifetime,
                window,
                own.integer("max-block")));
    }

    /** At least for as long as devices may still send a message again: it would be taken for a new one. */
    private static Duration exchangeLifetime(Section own, Duration ackTimeout) {
        int maxRetransmit = own.integer("max-retransmit");
        if (!own.has("exchange-lifetime")) {
            return TransmissionParameters.derivedExchangeLifetime(ackTimeout, maxRetransmit);
        }
        Duration lifetime = own.duration("exchange-lifetime");
        Duration span = TransmissionParameters.maxTransmitSpan(ackTimeout, maxRetransmit);
        if (lifetime.compareTo(span) < 0) {
            String message = "devices may send a message again for " + span.toSeconds()
                    + "s, by ack-timeout and max-retransmit, and it would be taken for a new one";
            own.problem("exchange-lifetime", message, "write " + (span.toSeconds() + 1) + "s or more");
        } else if (lifetime.compareTo(MAX_EXCHANGE_LIFETIME) > 0) {
            own.problem("exchange-lifetime", "must be 24h or less", "leave it out, or write, for example, 247s");
        }
        return lifetime;
    }
}
