package io.coapgate.simulator.load;

import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What can be done to a fleet while it runs, and what came of it. Thread-safe. */
final class FleetActions implements Interruption.Devices, AutoCloseable {
    private final Fleet fleet;
    private final RequestTemplate template;
    private final LoadStatistics statistics;
    private final Clock clock;
    private final Collection<Outcast> outcasts = new ConcurrentLinkedQueue<>();
    private final Collection<Flood> floods = new ConcurrentLinkedQueue<>();

    FleetActions(Fleet fleet, RequestTemplate template, LoadStatistics statistics, Clock clock) {
        this.fleet = fleet;
        this.template = template;
        this.statistics = statistics;
        this.clock = clock;
    }

    @Override
    public void changePorts() throws IOException {
        fleet.changePorts();
    }

    @Override
    public void cast(int devices, String name) {
        Outcast outcast = new Outcast(name);
        outcasts.add(outcast);
        fleet.first(devices).forEach(member -> member.cast(outcast));
    }

    @Override
    public void abuse(int devices, double rate) {
        cast(devices, "abusive");
        floods.add(Flood.start(fleet.first(devices), rate, template, statistics, clock));
    }

    /** Those that devices have become. */
    List<Outcast> outcasts() {
        return List.copyOf(outcasts);
    }

    /** Ends what goes on by itself. */
    @Override
    public void close() {
        floods.forEach(Flood::close);
    }
}
