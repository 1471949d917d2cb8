package io.coapgate.gateway.issuing;

import io.coapgate.crypto.cwt.CwtIssuer;
import io.coapgate.crypto.key.SecretBytes;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * What makes the tokens for one audience at this moment.
 *
 * @param derivationKey belongs to the key that the issuer uses, however soon another takes its place
 */
record TokenMaker(CwtIssuer issuer, Optional<SecretBytes> derivationKey) {

    static TokenMaker of(String issuer, TokenProtection protection, IssuerKeyRing ring, SecureRandom random) {
        if (protection instanceof TokenProtection.Encrypted shared) {
            return new TokenMaker(CwtIssuer.encrypting(issuer, shared.key(), random), Optional.empty());
        }
        if (protection instanceof TokenProtection.Maced shared) {
            return new TokenMaker(new CwtIssuer(issuer, shared.key()), shared.derivationKey());
        }
        IssuerKey key = protection instanceof TokenProtection.Own ? ring.macKey() : ring.signatureKey();
        return new TokenMaker(new CwtIssuer(issuer, key.signingKey()), key.derivationKey());
    }
}
