package io.coapgate.gateway.token;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.refusal.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A CWT was not admitted to a session; {@link #reason()} is one of the {@code TOKEN_…} refusals, or {@code GATEWAY_BUSY}. */
public final class TokenRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;
    private final transient @Nullable IssuerKeySource lacking;

    public TokenRefusedException(Refusal reason) {
        this(reason, null);
    }

    TokenRefusedException(Refusal reason, @Nullable Throwable cause) {
        this(reason, cause, null);
    }

    private TokenRefusedException(Refusal reason, @Nullable Throwable cause, @Nullable IssuerKeySource lacking) {
        super(reason.code(), cause, false, false);
        this.reason = requireNonNull(reason, "reason");
        this.lacking = lacking;
    }

    /** @param lacking the keys of the token's issuer, among which there is none for it */
    static TokenRefusedException forLackOfKey(Refusal reason, Throwable cause, IssuerKeySource lacking) {
        return new TokenRefusedException(reason, cause, lacking);
    }

    /** Where a newer key may be had that the token needs. */
    Optional<IssuerKeySource> lacking() {
        return Optional.ofNullable(lacking);
    }

    public Refusal reason() {
        return reason;
    }
}
