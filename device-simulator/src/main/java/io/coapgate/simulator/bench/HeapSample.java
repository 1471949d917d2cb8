package io.coapgate.simulator.bench;

/**
 * What sessions of one server hold.
 *
 * @param title of the server
 * @param before bytes on the heap before they came
 * @param fresh bytes just after they came
 * @param settled bytes when they had been idle for a while
 */
record HeapSample(String title, int sessions, long before, long fresh, long settled) {
    double freshPerSession() {
        return (double) (fresh - before) / sessions;
    }

    double settledPerSession() {
        return (double) (settled - before) / sessions;
    }
}
