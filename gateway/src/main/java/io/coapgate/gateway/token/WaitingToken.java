package io.coapgate.gateway.token;

import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.device.SessionKey;
import java.util.Optional;

/**
 * A verified token without a session.
 *
 * @param subject whom it is for
 * @param keyName of the key that it is bound to: {@link TokenBinding#nameOf}
 * @param key the key itself; empty if the token names one that only a session can show
 */
record WaitingToken(VerifiedCwt token, DeviceId subject, KeyId keyName, Optional<SessionKey> key) {

    /** The same token again, even if somebody has changed what its issuer did not authenticate. */
    boolean isSameToken(WaitingToken other) {
        return token.contentThumbprint().equals(other.token.contentThumbprint());
    }
}
