package io.coapgate.gateway.issuing;

import java.util.List;

/** Hears of every token that the gateway issues, before its client has it. Called on the thread that issues; thread-safe. */
@FunctionalInterface
public interface IssuanceListener {
    IssuanceListener NONE = token -> {};

    void issued(IssuedToken token);

    /** Tells several, in this order. */
    static IssuanceListener all(List<IssuanceListener> listeners) {
        List<IssuanceListener> told = List.copyOf(listeners);
        return token -> told.forEach(listener -> listener.issued(token));
    }
}
