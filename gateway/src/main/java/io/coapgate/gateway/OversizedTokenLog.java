package io.coapgate.gateway;

import io.coapgate.gateway.issuing.IssuanceListener;
import io.coapgate.gateway.issuing.IssuedToken;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns that tokens have grown past one datagram: once for each audience, of which the configuration has a few, since the
 * next token for it is as long. Thread-safe.
 */
final class OversizedTokenLog implements IssuanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(OversizedTokenLog.class);

    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    @Override
    public void issued(IssuedToken token) {
        if (!token.fitsOneDatagram() && warned.add(token.audience())) {
            LOG.warn(
                    "tokens for {} do not fit one datagram: {} bytes with key, {} at most; let devices ask for fewer scopes,"
                            + " or shorten scopes and names",
                    token.audience(),
                    token.responseBytes(),
                    IssuedToken.DATAGRAM_BYTES);
        }
    }
}
