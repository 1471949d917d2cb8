package io.coapgate.gateway.token;

import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.device.SessionTerm;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * How long a session lasts that an access token established: as long as the last token that it holds, RFC 9202 §5.
 * Thread-safe.
 */
final class TokenTerm implements SessionTerm {
    private final WaitingToken first;
    private final Consumer<Instant> ends;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile Instant notAfter;

    /**
     * @param first that the handshake was made with
     * @param ends hears when the session may end, and again whenever that changes
     */
    TokenTerm(WaitingToken first, Consumer<Instant> ends) {
        this.first = first;
        this.ends = ends;
        this.notAfter = first.token().expiresAt();
    }

    @Override
    public Instant notAfter() {
        return notAfter;
    }

    WaitingToken first() {
        return first;
    }

    /** Whether the session begins now: true once, and not again when it is resumed. */
    boolean begin() {
        return begun.compareAndSet(false, true);
    }

    /** The session holds these now. Each of them may prove to be the last: the others can be revoked before. */
    void lastAsLongAs(List<VerifiedCwt> tokens) {
        notAfter = SessionTokens.end(tokens);
        tokens.forEach(token -> ends.accept(token.expiresAt()));
    }
}
