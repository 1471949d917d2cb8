package io.coapgate.gateway.issuing;

import java.util.List;

/** Hears of every change of the list of revoked tokens, RFC 9770 §5.1. */
@FunctionalInterface
public interface RevocationListener {
    void changed(Change change);

    /**
     * One update of the list.
     *
     * @param removed have ended
     * @param added have been revoked
     */
    record Change(List<IssuedToken> removed, List<IssuedToken> added) {
        public Change {
            removed = List.copyOf(removed);
            added = List.copyOf(added);
        }
    }
}
