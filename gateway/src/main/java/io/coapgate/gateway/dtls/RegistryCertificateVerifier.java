package io.coapgate.gateway.dtls;

import io.coapgate.crypto.key.EcCurve;
import io.coapgate.crypto.key.Ed25519;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.Thumbprint;
import io.coapgate.gateway.device.Authentication;
import io.coapgate.gateway.refusal.Refusal;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.security.cert.CertPath;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import javax.security.auth.x500.X500Principal;
import org.eclipse.californium.scandium.dtls.AlertMessage;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertDescription;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertLevel;
import org.eclipse.californium.scandium.dtls.CertificateMessage;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.CertificateVerificationResult;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeException;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.x509.NewAdvancedCertificateVerifier;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;

/**
 * Asks for raw public keys, of the registry's or of access tokens, and, once they are validated, for certificates. Every refusal sends the alert
 * {@code decrypt_error}, the same that a failed CertificateVerify sends, so that a key that is not enrolled, one that was
 * withdrawn and one that the peer does not hold look alike.
 */
final class RegistryCertificateVerifier implements NewAdvancedCertificateVerifier {
    private final List<CertificateType> types;
    private final DeviceCertificates certificates;
    private final HandshakeCredentials credentials;
    private final HandshakeJournal journal;
    private volatile @Nullable HandshakeResultHandler handler;

    RegistryCertificateVerifier(
            List<CertificateType> types,
            DeviceCertificates certificates,
            HandshakeCredentials credentials,
            HandshakeJournal journal) {
        this.types = List.copyOf(types);
        this.certificates = certificates;
        this.credentials = credentials;
        this.journal = journal;
    }

    @Override
    public List<CertificateType> getSupportedCertificateTypes() {
        return types;
    }

    @Override
    public List<X500Principal> getAcceptedIssuers() {
        return certificates.authorities();
    }

    @Override
    public @Nullable CertificateVerificationResult verifyCertificate(
            ConnectionId cid,
            @Nullable ServerNames serverName,
            InetSocketAddress remotePeer,
            boolean clientUsage,
            boolean verifySubject,
            boolean truncateCertificatePath,
            CertificateMessage message) {
        CertPath chain = message.getCertificateChain();
        return chain == null ? rawPublicKey(cid, message.getPublicKey()) : certificate(cid, chain);
    }

    private @Nullable CertificateVerificationResult rawPublicKey(ConnectionId cid, @Nullable PublicKey presented) {
        try {
            PublicKey key = checked(presented);
            return answer(
                    cid,
                    CredentialName.rawPublicKey(Thumbprint.ofSubjectPublicKeyInfo(key)),
                    new LookUp(credentials.byPublicKey(key)),
                    accepted -> new CertificateVerificationResult(cid, key, accepted.device()));
        } catch (KeyFormatException e) {
            return refuse(cid, "rpk:unreadable", Refusal.CREDENTIAL_UNKNOWN);
        }
    }

    private @Nullable CertificateVerificationResult certificate(ConnectionId cid, CertPath chain) {
        String name = "x509:unreadable";
        try {
            X509Certificate first = (X509Certificate) chain.getCertificates().get(0);
            name = CredentialName.certificate(CertificateIdentities.fingerprint(first));
            X509Certificate leaf = certificates.validate(chain);
            // The principal keeps the leaf alone: sessions are many, and nobody needs the authorities again.
            CertPath kept = CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf));
            return answer(
                    cid,
                    name,
                    new LookUp(
                            credentials.byCertificate(CertificateIdentities.of(leaf), leaf.getPublicKey(), end(leaf))),
                    accepted -> new CertificateVerificationResult(cid, kept, accepted.device()));
        } catch (CertificateRefusedException e) {
            return refuse(cid, name, e.reason());
        } catch (CertificateException e) {
            return refuse(cid, name, Refusal.CERTIFICATE_UNTRUSTED);
        }
    }

    /** RFC 5280 §4.1.2.5: the last second of notAfter still counts. */
    private static Instant end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant().plusSeconds(1);
    }

    private @Nullable CertificateVerificationResult refuse(ConnectionId cid, String name, Refusal reason) {
        return answer(cid, name, LookUp.refused(reason), accepted -> refusal(cid));
    }

    private @Nullable CertificateVerificationResult answer(
            ConnectionId cid,
            String name,
            LookUp lookUp,
            Function<Authentication.Accepted, CertificateVerificationResult> verified) {
        return lookUp.resultOrLater(
                authentication -> {
                    journal.answered(cid, name, authentication);
                    return authentication instanceof Authentication.Accepted accepted
                            ? verified.apply(accepted)
                            : refusal(cid);
                },
                this::deliver);
    }

    private static CertificateVerificationResult refusal(ConnectionId cid) {
        AlertMessage alert = new AlertMessage(AlertLevel.FATAL, AlertDescription.DECRYPT_ERROR);
        return new CertificateVerificationResult(cid, new HandshakeException("credential refused", alert), null);
    }

    private static PublicKey checked(@Nullable PublicKey key) throws KeyFormatException {
        if (key == null) {
            throw new KeyFormatException(KeyFormatException.Reason.MALFORMED, "no public key that can be read");
        }
        return Ed25519.isOn(key) ? Ed25519.checked(key) : EcCurve.P_256.checked(key);
    }

    private void deliver(CertificateVerificationResult result) {
        HandshakeResultHandler connector = handler;
        if (connector != null) {
            connector.apply(result);
        }
    }

    @Override
    public void setResultHandler(HandshakeResultHandler resultHandler) {
        handler = resultHandler;
    }
}
