package io.coapgate.gateway.upstream;

/** One lane's connections to its target. Only for the lane's event loop. */
interface Transport {
    /**
     * Gets a connection, or a stream of one, for an attempt whose slot is taken. The exchange is told once: now or later.
     *
     * @param timeoutMillis how long that may take, beside what the configuration allows
     */
    void open(HttpExchange exchange, long timeoutMillis);
}
