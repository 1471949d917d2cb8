package io.coapgate.gateway.dtls;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Authentication;
import io.coapgate.gateway.device.SessionKey;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.PskSecretResult;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedPskStore;
import org.eclipse.californium.scandium.util.SecretUtil;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;

/**
 * Asks for pre-shared keys: of the registry's, or of access tokens. Whatever is refused goes on with a random key in place of the device's: then an
 * unknown identity, a disabled device and a wrong key take the same steps in the same time and end in the same silence
 * (RFC 4279 §2 permits it).
 */
final class RegistryPskStore implements AdvancedPskStore {
    private static final int DECOY_BYTES = 32;

    private final HandshakeCredentials credentials;
    private final HandshakeJournal journal;
    private final SecureRandom random;
    private volatile @Nullable HandshakeResultHandler handler;

    RegistryPskStore(HandshakeCredentials credentials, HandshakeJournal journal, SecureRandom random) {
        this.credentials = credentials;
        this.journal = journal;
        this.random = random;
    }

    @Override
    public boolean hasEcdhePskSupported() {
        return true;
    }

    @Override
    public @Nullable PskSecretResult requestPskSecretResult(
            ConnectionId cid,
            @Nullable ServerNames serverName,
            PskPublicInformation identity,
            String hmacAlgorithm,
            @Nullable SecretKey otherSecret,
            byte[] seed,
            boolean useExtendedMasterSecret) {
        return lookUp(identity).resultOrLater(answer -> result(cid, identity, answer), this::deliver);
    }

    private LookUp lookUp(PskPublicInformation identity) {
        Optional<String> text =
                identity.isCompliantEncoding() ? Optional.of(identity.getPublicInfoAsString()) : Optional.empty();
        return new LookUp(credentials.byPskIdentity(identity.getBytes(), text));
    }

    private PskSecretResult result(ConnectionId cid, PskPublicInformation identity, Authentication answer) {
        journal.answered(cid, CredentialName.psk(identity), answer);
        if (answer instanceof Authentication.Accepted accepted) {
            AuthenticatedDevice device = accepted.device();
            Optional<SecretBytes> key = symmetric(device.sessionKey());
            if (key.isPresent()) {
                return new PskSecretResult(cid, identity, secretKey(key.get()), device);
            }
        }
        SecretBytes decoy = SecretBytes.random(DECOY_BYTES, random);
        try {
            return new PskSecretResult(cid, identity, secretKey(decoy));
        } finally {
            decoy.destroy();
        }
    }

    private static Optional<SecretBytes> symmetric(SessionKey key) {
        if (key instanceof SessionKey.Symmetric psk) {
            return Optional.of(psk.key());
        }
        return key instanceof SessionKey.Issued issued ? Optional.of(issued.key()) : Optional.empty();
    }

    /** A copy that Scandium destroys after use. */
    private static SecretKey secretKey(SecretBytes key) {
        byte[] bytes = key.expose();
        try {
            return SecretUtil.create(bytes, PskSecretResult.ALGORITHM_PSK);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private void deliver(PskSecretResult result) {
        HandshakeResultHandler connector = handler;
        if (connector != null) {
            connector.apply(result);
        }
    }

    @Override
    public void setResultHandler(HandshakeResultHandler resultHandler) {
        handler = resultHandler;
    }

    /** The gateway opens no connections. */
    @Override
    public @Nullable PskPublicInformation getIdentity(InetSocketAddress peer, @Nullable ServerNames virtualHost) {
        return null;
    }
}
