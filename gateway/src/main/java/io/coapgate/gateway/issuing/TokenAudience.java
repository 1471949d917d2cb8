package io.coapgate.gateway.issuing;

import static java.util.Objects.requireNonNull;

import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.TokenNumbering;
import io.coapgate.gateway.device.ScopeSet;
import java.time.Duration;
import java.util.Optional;

/**
 * A resource server that tokens may be for.
 *
 * @param name its {@code aud}
 * @param scopes those that it knows; of them a device gets those that the registry gives it
 * @param lifetime of a token, if the client's credential does not end earlier
 * @param serverKey with which it shows who it is to clients with a public key of their own ({@code rs_cnf}); a server
 *     without one takes no such clients, save the gateway itself, whose key they know when they ask
 * @param numbering of its tokens, which live from their first arrival on (RFC 9200 §5.10.3); empty if they end at a time
 */
public record TokenAudience(
        String name,
        ScopeSet scopes,
        Duration lifetime,
        TokenProtection protection,
        Optional<CoseKey> serverKey,
        Optional<TokenNumbering> numbering) {
    public TokenAudience {
        requireNonNull(name, "name");
        requireNonNull(scopes, "scopes");
        requireNonNull(protection, "protection");
        requireNonNull(serverKey, "serverKey");
        requireNonNull(numbering, "numbering");
        if (lifetime.toSeconds() < 1) {
            throw new IllegalArgumentException("a token lives for a second at least");
        }
    }

    /** One that has a clock. */
    public TokenAudience(
            String name, ScopeSet scopes, Duration lifetime, TokenProtection protection, Optional<CoseKey> serverKey) {
        this(name, scopes, lifetime, protection, serverKey, Optional.empty());
    }

    /** The gateway itself. */
    public static TokenAudience own(String name, ScopeSet scopes, Duration lifetime) {
        return new TokenAudience(name, scopes, lifetime, new TokenProtection.Own(), Optional.empty());
    }

    boolean isOwn() {
        return protection instanceof TokenProtection.Own;
    }

    boolean takesPublicKeys() {
        return isOwn() || serverKey.isPresent();
    }
}
