package io.coapgate.gateway.token;

import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.refusal.Refusal;
import java.util.Optional;

/**
 * Gives sessions the token that counts for their key: the newest, however uploads and handshakes overtake one another.
 * Whoever has put a token into a session looks afterwards whether another one counts by now, and if so puts that one in too;
 * so the last one put in is the one that counted last. Thread-safe.
 */
final class NewestTokens {
    private final TokenAdmission admission;
    private final WaitingTokens waiting;

    NewestTokens(TokenAdmission admission, WaitingTokens waiting) {
        this.admission = admission;
        this.waiting = waiting;
    }

    /**
     * For a session that begins with this token, or with one that came since.
     *
     * @return why it has nothing to stand on
     */
    Optional<Refusal> begin(AuthenticatedDevice device, WaitingToken token) {
        try {
            waiting.used(token, device);
            keep(device, counting(device, token));
            return Optional.empty();
        } catch (TokenRefusedException e) { // revoked during the handshake, for example
            return Optional.of(e.reason());
        }
    }

    /** For a session that has begun, if the token is its device's. */
    void extend(AuthenticatedDevice device, WaitingToken token) throws TokenRefusedException {
        if (TokenAdmission.isFor(device, token)) {
            keep(device, token);
        }
    }

    private void keep(AuthenticatedDevice device, WaitingToken token) throws TokenRefusedException {
        WaitingToken counts = token;
        WaitingToken kept;
        do {
            kept = counts;
            admission.keep(device, kept.token());
            counts = counting(device, kept);
        } while (!counts.isSameToken(kept));
    }

    private WaitingToken counting(AuthenticatedDevice device, WaitingToken otherwise) {
        return waiting.find(otherwise.keyName())
                .filter(token -> token.key().equals(otherwise.key()))
                .filter(token -> TokenAdmission.isFor(device, token))
                .orElse(otherwise);
    }
}
