package io.coapgate.gateway.trust;

import io.coapgate.crypto.ace.IntrospectionResponse;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtId;
import io.coapgate.crypto.jose.IntrospectedToken;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.KeyId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An answer in JSON (RFC 7662 §2.2) as the claims of a CWT, so that one check serves both. */
final class IntrospectedClaims {
    private static final int MAX_AUDIENCES = 16;
    private static final int MAX_SCOPE = 1024;
    private static final int MAX_ID_BYTES = 64;

    private IntrospectedClaims() {}

    /** @throws IntrospectionException if a member is not what it has to be */
    static IntrospectionResponse of(IntrospectedToken token) throws IntrospectionException {
        if (!token.isActive()) {
            return IntrospectionResponse.INACTIVE;
        }
        try {
            return IntrospectionResponse.active(claims(token));
        } catch (KeyFormatException | CoseException | IllegalArgumentException e) {
            throw new IntrospectionException("an answer that can't be understood");
        }
    }

    private static CwtClaims claims(IntrospectedToken token)
            throws KeyFormatException, CoseException, IntrospectionException {
        CwtClaims.Builder claims = CwtClaims.builder();
        token.text("iss").ifPresent(claims::issuer);
        token.text("sub").ifPresent(claims::subject);
        token.texts("aud").stream().limit(MAX_AUDIENCES).forEach(claims::audience);
        token.time("exp").ifPresent(claims::expiresAt);
        token.time("nbf").ifPresent(claims::notBefore);
        token.time("iat").ifPresent(claims::issuedAt);
        Optional<String> scope = token.text("scope");
        if (scope.isPresent() && scope.get().length() > MAX_SCOPE) {
            throw new IntrospectionException("a scope that is too long");
        }
        scope.ifPresent(claims::scope);
        token.text("jti")
                .map(jti -> jti.getBytes(StandardCharsets.UTF_8))
                .filter(jti -> jti.length > 0 && jti.length <= MAX_ID_BYTES)
                .map(CwtId::of)
                .ifPresent(claims::id);
        confirmation(token).ifPresent(claims::confirmation);
        return claims.build();
    }

    /** Empty if there is none that is understood: nothing can then be bound to it. */
    private static Optional<Confirmation> confirmation(IntrospectedToken token)
            throws KeyFormatException, CoseException {
        if (token.confirmationKey().isPresent()) {
            return Optional.of(
                    Confirmation.of(CoseKey.ofPublicKey(token.confirmationKey().get())));
        }
        if (token.confirmationSecret().isPresent()) {
            return Optional.of(
                    Confirmation.of(CoseKey.ofSecret(token.confirmationSecret().get())));
        }
        return token.confirmationKeyId()
                .map(kid -> kid.getBytes(StandardCharsets.UTF_8))
                .filter(KeyId::isValid)
                .map(kid -> Confirmation.of(KeyId.of(kid)));
    }
}
