package io.coapgate.gateway.issuing;

import io.coapgate.crypto.ace.RevocationList;
import io.coapgate.crypto.ace.RevocationListError;
import io.coapgate.crypto.ace.RevocationListError.Kind;
import io.coapgate.crypto.ace.TokenHash;
import io.coapgate.gateway.device.DeviceId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The token revocation list, RFC 9770: each device sees of it the tokens that pertain to it, all of them or the latest changes.
 * Thread-safe; waits for what changes the tokens: not for threads that must not be held up.
 *
 * <p>Changes are kept in memory. After a restart their numbers go on from a higher one, so that those who ask for what came
 * after an older one are told that some has been lost, and ask for all.
 */
public final class RevocationQueries implements RevocationListener {
    private static final int MAX_ASKERS = 100_000;

    private final IssuedTokens tokens;
    private final TokenReaders readers;

    /** Guarded by this. */
    private final Map<DeviceId, RevocationUpdates> updates = new LinkedHashMap<>(16, 0.75f, true);
    /** Where the numbers of a device begin of which nothing is known; guarded by this. */
    private long forgotten;

    /**
     * Listens to what is revoked from now on.
     *
     * @param numbersFrom the number of a device's first change: 0 if there never was one before, else one that is higher
     *     than all before
     */
    public RevocationQueries(IssuedTokens tokens, TokenReaders readers, long numbersFrom) {
        this.tokens = tokens;
        this.readers = readers;
        this.forgotten = numbersFrom;
        tokens.onChange(this);
    }

    @Override
    public synchronized void changed(Change change) {
        for (DeviceId device : concernedBy(change)) {
            updatesOf(device)
                    .add(new RevocationList.Change(
                            pertaining(device, change.removed()), pertaining(device, change.added())));
        }
    }

    /** Every revoked token that pertains to the device. */
    public RevocationList full(DeviceId device) {
        tokens.expire();
        OptionalLong cursor;
        synchronized (this) { // first: what is revoked meanwhile is told twice, and not left out
            cursor = updatesOf(device).cursor();
        }
        return RevocationList.full(pertaining(device, tokens.revoked()), cursor);
    }

    /**
     * The latest changes that pertain to the device.
     *
     * @param num at most so many; 0 for as many as are kept
     * @param cursor only those after the one of this number
     * @throws RevocationQueryException if there never was such a number
     */
    public RevocationList diff(DeviceId device, int num, OptionalLong cursor) throws RevocationQueryException {
        tokens.expire();
        int most = num == 0 ? RevocationUpdates.MAX_KEPT : num;
        synchronized (this) {
            RevocationUpdates known = updatesOf(device);
            if (cursor.isEmpty()) {
                return known.latest(most);
            }
            OptionalLong last = known.cursor();
            if (last.isPresent() && cursor.getAsLong() > last.getAsLong()) {
                throw new RevocationQueryException(new RevocationListError(Kind.OUT_OF_BOUND, Optional.empty()));
            }
            return known.after(cursor.getAsLong(), most);
        }
    }

    /** The number of the latest change that pertains to the device. */
    public synchronized OptionalLong cursor(DeviceId device) {
        return updatesOf(device).cursor();
    }

    private RevocationUpdates updatesOf(DeviceId device) {
        RevocationUpdates known = updates.get(device);
        if (known == null) {
            known = new RevocationUpdates(forgotten);
            updates.put(device, known);
            forgetEldest();
        }
        return known;
    }

    private void forgetEldest() {
        if (updates.size() > MAX_ASKERS) {
            RevocationUpdates eldest =
                    updates.remove(updates.keySet().iterator().next());
            forgotten = Math.max(forgotten, eldest == null ? 0 : eldest.next() + 1);
        }
    }

    private Set<DeviceId> concernedBy(Change change) {
        Set<DeviceId> concerned = new HashSet<>(readers.administrators());
        for (List<IssuedToken> some : List.of(change.removed(), change.added())) {
            for (IssuedToken token : some) {
                concerned.add(token.subject());
                readers.resourceServers().keySet().stream()
                        .filter(server -> readers.isAudience(server, token))
                        .forEach(concerned::add);
            }
        }
        return concerned;
    }

    private List<TokenHash> pertaining(DeviceId device, List<IssuedToken> some) {
        return some.stream()
                .filter(token -> readers.pertains(device, token))
                .map(IssuedToken::hash)
                .toList();
    }
}
