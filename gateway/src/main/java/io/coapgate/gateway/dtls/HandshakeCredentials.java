package io.coapgate.gateway.dtls;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Authentication;
import io.coapgate.gateway.device.CertificateIdentity;
import io.coapgate.gateway.device.DeviceAuthenticator;
import io.coapgate.gateway.device.PskIdentity;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.TokenHandshakes;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Whose credential it is that a handshake shows: an enrolled device's, or, where the listener takes access tokens, that of
 * a token. What is enrolled always means the registry's record.
 */
public final class HandshakeCredentials {
    private final DeviceAuthenticator authenticator;
    private final Optional<TokenHandshakes> tokens;
    private final boolean byToken;

    private HandshakeCredentials(DeviceAuthenticator authenticator, Optional<TokenHandshakes> tokens, boolean byToken) {
        this.authenticator = authenticator;
        this.tokens = tokens;
        this.byToken = byToken;
    }

    /** Those of the registry and no others. */
    public static HandshakeCredentials enrolled(DeviceAuthenticator authenticator) {
        return new HandshakeCredentials(authenticator, Optional.empty(), false);
    }

    /**
     * Those of the registry, whose sessions get the tokens that wait for them.
     *
     * @param byToken whether a token's key is a credential, too
     */
    public static HandshakeCredentials of(DeviceAuthenticator authenticator, TokenHandshakes tokens, boolean byToken) {
        return new HandshakeCredentials(authenticator, Optional.of(tokens), byToken);
    }

    /** @param text the identity as text, if it is UTF-8 */
    CompletionStage<Authentication> byPskIdentity(byte[] identity, Optional<String> text) {
        // An identity that is empty, too long or no UTF-8 can't be enrolled.
        CompletionStage<Authentication> enrolled = identity.length > 0 && identity.length <= PskIdentity.MAX_BYTES
                ? text.map(PskIdentity::new).map(authenticator::byPskIdentity).orElseGet(HandshakeCredentials::unknown)
                : unknown();
        return orByToken(enrolled, () -> tokens.orElseThrow().byPskIdentity(identity));
    }

    CompletionStage<Authentication> byPublicKey(PublicKey key) {
        return orByToken(
                authenticator.byPublicKey(key), () -> tokens.orElseThrow().byPublicKey(key));
    }

    CompletionStage<Authentication> byCertificate(
            List<CertificateIdentity> identities, PublicKey key, Instant notAfter) {
        return authenticator.byCertificate(identities, key, notAfter);
    }

    /**
     * The peer has proved possession of the key, and the session begins.
     *
     * @return why it must not: what vouched for the key when it was looked up does so no more
     */
    Optional<Refusal> established(AuthenticatedDevice device, Instant now) {
        Optional<Refusal> fallen = device.standing(now);
        return fallen.isPresent() ? fallen : tokens.flatMap(waiting -> waiting.established(device));
    }

    private CompletionStage<Authentication> orByToken(
            CompletionStage<Authentication> enrolled, Supplier<CompletionStage<Authentication>> byTokenOf) {
        return byToken
                ? enrolled.thenCompose(answer -> isUnknown(answer) ? byTokenOf.get() : completedFuture(answer))
                : enrolled;
    }

    private static boolean isUnknown(Authentication answer) {
        return answer instanceof Authentication.Refused refused && refused.reason() == Refusal.CREDENTIAL_UNKNOWN;
    }

    private static CompletionStage<Authentication> unknown() {
        return completedFuture(new Authentication.Refused(Refusal.CREDENTIAL_UNKNOWN));
    }
}
