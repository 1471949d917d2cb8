package io.coapgate.gateway.dtls;

/**
 * Counts of one listener since its start.
 *
 * @param connections sessions and handshakes that are held now
 * @param capacity how many may be held
 * @param halfOpen handshakes under way now
 * @param handshakesDisplaced times that too many handshakes were under way, and one was refused or made room
 * @param recordsDropped datagrams and records that were ignored: replayed, malformed, for no session
 * @param macErrors records that could not be decrypted; with PSK also a wrong key
 */
public record DtlsStatistics(
        int connections,
        int capacity,
        int halfOpen,
        long handshakesStarted,
        long handshakesCompleted,
        long handshakesFailed,
        long handshakesDisplaced,
        long recordsDropped,
        long macErrors) {}
