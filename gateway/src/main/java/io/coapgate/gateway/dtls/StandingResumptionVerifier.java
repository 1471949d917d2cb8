package io.coapgate.gateway.dtls;

import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.californium.scandium.dtls.ClientHello;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.DTLSSession;
import org.eclipse.californium.scandium.dtls.ExtendedMasterSecretMode;
import org.eclipse.californium.scandium.dtls.ResumptionVerificationResult;
import org.eclipse.californium.scandium.dtls.SessionId;
import org.eclipse.californium.scandium.dtls.resumption.ConnectionStoreResumptionVerifier;
import org.eclipse.californium.scandium.util.SecretUtil;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;

/**
 * Resumes a session only while its device, credential and certificate are still in force. For any other the peer is led
 * to a full handshake, in which the registry decides anew and the refusal is reported. The cookie is always asked for.
 */
final class StandingResumptionVerifier extends ConnectionStoreResumptionVerifier {
    private final Clock clock;

    StandingResumptionVerifier(Clock clock) {
        this.clock = clock;
    }

    /** Never: by default Scandium lets a resumption off the cookie while few are under way. */
    @Override
    public boolean skipRequestHelloVerify(SessionId sessionId) {
        return false;
    }

    @Override
    public boolean skipRequestHelloVerify(
            ClientHello clientHello, boolean sniEnabled, ExtendedMasterSecretMode extendedMasterSecretMode) {
        return false;
    }

    @Override
    public ResumptionVerificationResult verifyResumptionRequest(
            ConnectionId cid, @Nullable ServerNames serverName, SessionId sessionId) {
        ResumptionVerificationResult found = super.verifyResumptionRequest(cid, serverName, sessionId);
        DTLSSession session = found.getDTLSSession();
        if (session == null || mayResume(session.getPeerIdentity(), clock.instant())) {
            return found;
        }
        SecretUtil.destroy(session); // a copy
        return new ResumptionVerificationResult(cid, null, null);
    }

    private static boolean mayResume(@Nullable Principal principal, Instant now) {
        return principal != null
                && DevicePrincipals.deviceOf(principal)
                        .filter(device -> device.standing(now).isEmpty())
                        .isPresent();
    }
}
