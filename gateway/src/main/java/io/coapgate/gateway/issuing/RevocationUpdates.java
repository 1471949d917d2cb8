package io.coapgate.gateway.issuing;

import io.coapgate.crypto.ace.RevocationList;
import io.coapgate.crypto.ace.RevocationList.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The latest updates of the revocation list that pertain to one who asks (RFC 9770 §6.2), numbered one after the other. Not
 * thread-safe.
 */
final class RevocationUpdates {
    /** MAX_N: so many are kept. */
    static final int MAX_KEPT = 32;
    /** MAX_DIFF_BATCH: so many are told at a time. */
    static final int MAX_BATCH = 16;

    /** The oldest first. */
    private final List<Change> kept = new ArrayList<>();

    private long next;

    /** @param next the number of the first; those before, if there were any, have been forgotten */
    RevocationUpdates(long next) {
        this.next = next;
    }

    void add(Change change) {
        if (kept.size() == MAX_KEPT) {
            kept.remove(0);
        }
        kept.add(change);
        next++;
    }

    /** Of the latest; empty if there never was one. */
    OptionalLong cursor() {
        return next == 0 ? OptionalLong.empty() : OptionalLong.of(next - 1);
    }

    long next() {
        return next;
    }

    /** The latest, {@code num} of them at most (RFC 9770 §9.2.2). */
    RevocationList latest(int num) {
        return batch(Math.max(0, kept.size() - num));
    }

    /** Those after the one of that number, {@code num} of the latest at most (RFC 9770 §9.2.3). */
    RevocationList after(long cursor, int num) {
        long first = next - kept.size();
        if (next == 0) {
            return batch(0);
        }
        if (cursor + 1 < first) {
            return RevocationList.diff(List.of(), OptionalLong.empty(), true); // lost: ask for all
        }
        int from = (int) Math.min(kept.size(), cursor + 1 - first);
        return batch(Math.max(from, kept.size() - num));
    }

    private RevocationList batch(int from) {
        int to = Math.min(kept.size(), from + MAX_BATCH);
        List<Change> latestFirst = new ArrayList<>();
        for (int i = to - 1; i >= from; i--) {
            latestFirst.add(kept.get(i));
        }
        long told = next - kept.size() + to - 1;
        return RevocationList.diff(
                latestFirst, next == 0 ? OptionalLong.empty() : OptionalLong.of(told), to < kept.size());
    }
}
