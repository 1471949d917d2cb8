package io.coapgate.gateway.token;

import io.coapgate.crypto.cwt.VerifiedCwt;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which of two tokens was made first, so that an old one that somebody has kept doesn't take a newer one's place: by their numbers
 * if one counter has numbered both (RFC 9200 §5.10.3), as their issuer may have no time to give, else by {@code iat}.
 */
final class TokenOrder {
    private final RelativeLifetimes lifetimes;

    TokenOrder(RelativeLifetimes lifetimes) {
        this.lifetimes = lifetimes;
    }

    /** False, too, if that can't be told. */
    boolean isOlder(VerifiedCwt token, VerifiedCwt other) {
        OptionalLong number = lifetimes.numberOf(token);
        OptionalLong otherNumber = lifetimes.numberOf(other);
        if (number.isPresent() && otherNumber.isPresent() && token.issuer().equals(other.issuer())) {
            return number.getAsLong() < otherNumber.getAsLong();
        }
        Optional<Instant> made = token.claims().issuedAt();
        return made.isPresent()
                && other.claims().issuedAt().filter(made.get()::isBefore).isPresent();
    }
}
