package io.coapgate.crypto.cose;

import io.coapgate.crypto.key.KeyId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is said of a key beside the key itself: its one algorithm, its name, and the time in which it is valid. */
record KeyRecord(CoseAlgorithm algorithm, @Nullable KeyId kid, Instant notBefore, Instant notAfter) {

    static KeyRecord of(CoseAlgorithm algorithm) {
        return new KeyRecord(algorithm, null, Instant.MIN, Instant.MAX);
    }

    KeyRecord withKeyId(KeyId name) {
        return new KeyRecord(algorithm, Objects.requireNonNull(name, "kid"), notBefore, notAfter);
    }

    KeyRecord withValidity(Instant from, Instant to) {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a key can't end before it begins");
        }
        return new KeyRecord(algorithm, kid, from, to);
    }

    Optional<KeyId> keyId() {
        return Optional.ofNullable(kid);
    }

    boolean isValidAt(Instant now) {
        return !now.isBefore(notBefore) && !now.isAfter(notAfter);
    }

    /** For the key's {@code toString}. */
    String inBrackets() {
        return "[" + algorithm + (kid == null ? "" : ", kid " + kid) + "]";
    }
}
