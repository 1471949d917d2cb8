package io.coapgate.simulator.fault;

/** What all clients share: the way in either direction, and the seed of their dice. Counters may be read by any thread. */
final class Roads {
    private final long seed;
    private final Transit transit = new Transit();
    private final Link linkToServer = new Link();
    private final Link linkToClient = new Link();
    private final LinkCounters toServer = new LinkCounters();
    private final LinkCounters toClient = new LinkCounters();

    Roads(long seed) {
        this.seed = seed;
    }

    Transit transit() {
        return transit;
    }

    Link link(Direction direction) {
        return direction == Direction.TO_SERVER ? linkToServer : linkToClient;
    }

    LinkCounters counters(Direction direction) {
        return direction == Direction.TO_SERVER ? toServer : toClient;
    }

    Flow flow(int client, Direction direction) {
        return new Flow(direction, new Dice(seed, client, direction), this);
    }
}
