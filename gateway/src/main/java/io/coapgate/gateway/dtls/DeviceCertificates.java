package io.coapgate.gateway.dtls;

import io.coapgate.crypto.key.EcCurve;
import io.coapgate.crypto.key.Ed25519;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.gateway.refusal.Refusal;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * Decides whether a chain makes its first certificate one that a device may authenticate with: validated by PKIX (RFC
 * 5280 §6.1) up to a trusted authority, all dates holding now, not itself an authority, allowed to sign and, where its
 * purposes are listed, to authenticate clients. Asks nobody for revocation: the registry is where devices are withdrawn.
 * Thread-safe.
 */
final class DeviceCertificates {
    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
    private static final int MAX_CHAIN = 6;

    private final Set<X509Certificate> trusted;
    private final Clock clock;

    DeviceCertificates(List<X509Certificate> trusted, Clock clock) {
        this.trusted = Set.copyOf(trusted);
        this.clock = clock;
    }

    List<X500Principal> authorities() {
        return trusted.stream().map(X509Certificate::getSubjectX500Principal).toList();
    }

    /**
     * Validates a chain and its leaf.
     *
     * @param presented the peer's chain, leaf first; a trusted certificate in it and all behind it are passed over
     * @return the leaf
     */
    X509Certificate validate(CertPath presented) throws CertificateRefusedException {
        List<X509Certificate> chain = new ArrayList<>();
        for (var certificate : presented.getCertificates()) {
            if (trusted.contains(certificate)) {
                break;
            }
            chain.add((X509Certificate) certificate);
        }
        if (trusted.isEmpty() || chain.isEmpty() || chain.size() > MAX_CHAIN) {
            throw new CertificateRefusedException(Refusal.CERTIFICATE_UNTRUSTED);
        }
        requirePath(chain);
        X509Certificate leaf = chain.get(0);
        requireDevice(leaf);
        return leaf;
    }

    private void requirePath(List<X509Certificate> chain) throws CertificateRefusedException {
        try {
            Set<TrustAnchor> anchors = new HashSet<>();
            trusted.forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(clock.instant()));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
        } catch (CertPathValidatorException e) {
            throw new CertificateRefusedException(reasonOf(e));
        } catch (GeneralSecurityException e) {
            throw new CertificateRefusedException(Refusal.CERTIFICATE_UNTRUSTED);
        }
    }

    private static Refusal reasonOf(CertPathValidatorException failure) {
        if (failure.getReason() == BasicReason.EXPIRED) {
            return Refusal.CREDENTIAL_EXPIRED;
        }
        return failure.getReason() == BasicReason.NOT_YET_VALID
                ? Refusal.CREDENTIAL_NOT_YET_VALID
                : Refusal.CERTIFICATE_UNTRUSTED;
    }

    private static void requireDevice(X509Certificate leaf) throws CertificateRefusedException {
        try {
            boolean[] usage = leaf.getKeyUsage();
            List<String> purposes = leaf.getExtendedKeyUsage();
            boolean maySign = usage == null || usage[0]; // digitalSignature, RFC 5280 §4.2.1.3
            boolean mayBeClient = purposes == null || purposes.contains(CLIENT_AUTHENTICATION);
            boolean authority = leaf.getBasicConstraints() >= 0;
            if (!maySign || !mayBeClient || authority) {
                throw new CertificateRefusedException(Refusal.CERTIFICATE_UNTRUSTED);
            }
            if (Ed25519.isOn(leaf.getPublicKey())) {
                Ed25519.checked(leaf.getPublicKey());
            } else {
                EcCurve.P_256.checked(leaf.getPublicKey());
            }
        } catch (CertificateParsingException | KeyFormatException e) {
            throw new CertificateRefusedException(Refusal.CERTIFICATE_UNTRUSTED);
        }
    }
}
