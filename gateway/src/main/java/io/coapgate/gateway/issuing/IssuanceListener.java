package io.coapgate.gateway.issuing;

import java.util.List;

/** Hears of every token that the gateway issues, before its client has it. Called on the thread that issues; thread-safe. */
@FunctionalInterface
public interface IssuanceListener {
    IssuanceListener NONE = token -> {};

    /** @throws GrantRefusedException if the client must not have the token after all */
    void issued(IssuedToken token) throws GrantRefusedException;

    /** Tells several, in this order; those after one that refuses are not told. */
    static IssuanceListener all(List<IssuanceListener> listeners) {
        List<IssuanceListener> told = List.copyOf(listeners);
        return token -> {
            for (IssuanceListener listener : told) {
                listener.issued(token);
            }
        };
    }
}
