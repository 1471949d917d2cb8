package io.coapgate.gateway.observe;

/** What feeds observations with representations. Thread-safe. */
interface Source {
    /** Before one is attached. */
    Source NONE = new Source() {
        @Override
        public void remove(Observation observation) {}

        @Override
        public void hurry() {}
    };

    /** This one has ended and wants nothing more. */
    void remove(Observation observation);

    /** There may be something new: look at once, unless the upstream has asked for patience. */
    void hurry();
}
