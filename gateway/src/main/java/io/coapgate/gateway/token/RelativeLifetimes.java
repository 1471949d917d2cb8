package io.coapgate.gateway.token;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.cwt.CwtVerifier;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.refusal.Refusal;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens that live from their first arrival on ({@code exi}, RFC 9200 §5.10.3), of those issuers whose tokens may: when each
 * ends, however often it comes. A token with {@code exp} beside it ends with whichever is first. Thread-safe.
 */
public final class RelativeLifetimes {
    /** No issuer's tokens may. */
    public static final RelativeLifetimes NONE = new RelativeLifetimes(Map.of(), Optional.empty(), Clock.systemUTC());

    private static final Logger LOG = LoggerFactory.getLogger(RelativeLifetimes.class);

    private final Map<String, ExpiresInSettings> byIssuer;
    private final Optional<TokenArrivals> arrivals;
    private final Clock clock;

    private RelativeLifetimes(Map<String, ExpiresInSettings> byIssuer, Optional<TokenArrivals> arrivals, Clock clock) {
        this.byIssuer = Map.copyOf(byIssuer);
        this.arrivals = arrivals;
        this.clock = clock;
    }

    /** @param byIssuer those whose tokens may */
    public static RelativeLifetimes of(Map<String, ExpiresInSettings> byIssuer, TokenArrivals arrivals, Clock clock) {
        return new RelativeLifetimes(byIssuer, Optional.of(requireNonNull(arrivals, "arrivals")), clock);
    }

    /**
     * An authorization server's token that has just been verified, with its true end. The first time starts its life. Waits for a
     * disk if the token has {@code exi}.
     *
     * @throws TokenRefusedException {@code TOKEN_CLAIMS} if it has no end that counts here; {@code TOKEN_LIFETIME}; {@code
     *     INTERNAL_ERROR} if its arrival can't be remembered; or see {@link ArrivalBook#endOf}
     */
    VerifiedCwt counted(VerifiedCwt token) throws TokenRefusedException {
        ExpiresInSettings settings = byIssuer.get(token.issuer());
        Optional<Duration> exi = token.claims().expiresIn();
        if (settings == null || exi.isEmpty()) {
            return requireEnd(token);
        }
        if (exi.get().compareTo(settings.maxLifetime()) > 0) {
            throw new TokenRefusedException(Refusal.TOKEN_LIFETIME);
        }
        Instant now = clock.instant();
        VerifiedCwt fresh = CwtVerifier.endingBy(now.plus(exi.get()), token);
        if (!now.isBefore(fresh.expiresAt())) {
            throw new TokenRefusedException(Refusal.TOKEN_EXPIRED); // nothing to remember: it has no life left
        }
        Arrival arrival = new Arrival(
                counter(token, settings),
                number(token, settings).orElseThrow(() -> new TokenRefusedException(Refusal.TOKEN_CLAIMS)),
                token.contentThumbprint(),
                fresh.expiresAt());
        return CwtVerifier.endingBy(remembered(arrival, settings).end(), fresh);
    }

    /** The token must end by itself: nobody counts from its arrival. */
    static VerifiedCwt requireEnd(VerifiedCwt token) throws TokenRefusedException {
        if (token.claims().expiresAt().isEmpty()) {
            throw new TokenRefusedException(Refusal.TOKEN_CLAIMS);
        }
        return token;
    }

    /** Whether a token that was counted has ended, perhaps sooner than it was to. Answers at once. */
    public boolean hasEnded(VerifiedCwt token) {
        ExpiresInSettings settings = byIssuer.get(token.issuer());
        OptionalLong number = numberOf(token);
        return settings != null
                && number.isPresent()
                && arrivals.orElseThrow().hasEnded(counter(token, settings), number.getAsLong());
    }

    /** What its issuer has numbered the token with, for this gateway; empty if it has no {@code exi} that counts here. */
    OptionalLong numberOf(VerifiedCwt token) {
        ExpiresInSettings settings = byIssuer.get(token.issuer());
        return settings == null || token.claims().expiresIn().isEmpty()
                ? OptionalLong.empty()
                : number(token, settings);
    }

    private Arrival remembered(Arrival arrival, ExpiresInSettings settings) throws TokenRefusedException {
        try {
            return arrivals.orElseThrow().arrived(arrival, settings);
        } catch (IOException e) {
            String issuer = arrival.counter().issuer();
            LOG.error("a token with exi of {} is refused, as its arrival can't be recorded: {}", issuer, e.toString());
            throw new TokenRefusedException(Refusal.INTERNAL_ERROR, e);
        }
    }

    private static TokenCounter counter(VerifiedCwt token, ExpiresInSettings settings) {
        return new TokenCounter(token.issuer(), settings.numbering().resourceServer());
    }

    private static OptionalLong number(VerifiedCwt token, ExpiresInSettings settings) {
        return token.claims().id().map(settings.numbering()::numberOf).orElse(OptionalLong.empty());
    }
}
