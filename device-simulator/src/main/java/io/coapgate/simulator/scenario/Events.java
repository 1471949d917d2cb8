package io.coapgate.simulator.scenario;

import io.coapgate.simulator.fault.Impairments;
import io.coapgate.simulator.scenario.Event.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads events: when, what, and what else that needs. */
final class Events {
    private static final double ABUSIVE_RATE = 1000;

    private Events() {}

    static List<Event> read(List<Part> parts) {
        List<Event> events = new ArrayList<>();
        for (Part part : parts) {
            event(part).ifPresent(events::add);
        }
        return events;
    }

    private static Optional<Event> event(Part part) {
        if (!part.has("at") || !part.has("do")) {
            part.mistake("an event has a time and something to do; write, for example, {at: 10s, do: gateway-restart}");
            part.which("at", "do", "devices", "rate", "network");
            return Optional.empty();
        }
        Duration at = part.duration("at", Duration.ZERO);
        Kind kind = part.choice("do", Kind.NETWORK);
        boolean some = kind == Kind.DEVICES_REMOVED || kind == Kind.ABUSE;
        int devices = some ? part.integer("devices", 1) : 1;
        double rate = kind == Kind.ABUSE ? part.number("rate", ABUSIVE_RATE) : 0;
        Optional<Impairments> impairments = kind == Kind.NETWORK && part.has("network")
                ? Impaired.impairments(part.part("network"))
                : Optional.of(Impairments.NONE);
        return impairments.isPresent()
                ? part.make(() -> new Event(at, kind, impairments.get(), devices, rate))
                : Optional.empty();
    }
}
