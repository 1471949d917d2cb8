package io.coapgate.simulator.bench;

import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.device.DeviceRuntime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One server's heap while sessions come. */
final class SessionHeap {
    private final ServerUnderTest server;
    private final IdleSessions sessions;
    private final List<HeapSample> samples = new ArrayList<>();
    private long before;
    private long fresh;
    private int count;

    private SessionHeap(ServerUnderTest server, DeviceRuntime runtime) {
        this.server = server;
        this.sessions = new IdleSessions(server, runtime);
    }

    /** As it is when the first devices have come, who load the classes and are no part of the figures. */
    static SessionHeap of(ServerUnderTest server, List<DeviceProfile> first, DeviceRuntime runtime)
            throws IOException, InterruptedException {
        SessionHeap heap = new SessionHeap(server, runtime);
        heap.sessions.add(first);
        heap.before = HeapUse.of(server.pid());
        return heap;
    }

    String title() {
        return server.name();
    }

    /** More sessions, and what they all hold at once. */
    void add(List<DeviceProfile> devices) throws IOException, InterruptedException {
        sessions.add(devices);
        count += devices.size();
        fresh = HeapUse.of(server.pid());
    }

    /** What they hold after they were left alone for a while. */
    void settled() throws IOException, InterruptedException {
        samples.add(new HeapSample(server.name(), count, before, fresh, HeapUse.of(server.pid())));
    }

    List<HeapSample> samples() {
        return List.copyOf(samples);
    }
}
