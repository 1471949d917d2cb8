package io.coapgate.crypto.cwt;

import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.ALGORITHM_MISMATCH;
import static io.coapgate.crypto.cwt.InvalidCwtException.Reason.UNKNOWN_KEY;

import io.coapgate.crypto.cose.CoseHeaders;
import io.coapgate.crypto.cose.RecipientKey;
import io.coapgate.crypto.key.KeyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Picks the keys that a message may be meant for: by identifier, validity and algorithm, before any cryptography. */
final class KeyMatch {

    /** Trying more keys than this for one token would let a peer cause work at will. */
    private static final int MAX_CANDIDATES = 8;

    private KeyMatch() {}

    /** @throws InvalidCwtException {@code UNKNOWN_KEY} or {@code ALGORITHM_MISMATCH} if none remains */
    static <T> List<T> candidates(
            CoseHeaders headers, List<T> keys, Function<T, ? extends RecipientKey> keyOf, Instant now)
            throws InvalidCwtException {
        List<T> named = keys.stream()
                .filter(one -> keyOf.apply(one).isValidAt(now) && isMeant(keyOf.apply(one), headers.keyId()))
                .toList();
        if (named.isEmpty()) {
            throw new InvalidCwtException(UNKNOWN_KEY, "no such key that is valid now");
        }
        List<T> fitting = named.stream()
                .filter(one -> keyOf.apply(one).algorithm() == headers.algorithm())
                .limit(MAX_CANDIDATES)
                .toList();
        if (fitting.isEmpty()) {
            throw new InvalidCwtException(ALGORITHM_MISMATCH, "the token names another algorithm than its key has");
        }
        return fitting;
    }

    /** A token and a key that both have an identifier must agree on it; it is a hint if one of them has none. */
    private static boolean isMeant(RecipientKey key, Optional<KeyId> kid) {
        return kid.isEmpty() || key.keyId().isEmpty() || key.keyId().equals(kid);
    }
}
