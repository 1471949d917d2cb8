package io.coapgate.simulator.launch;

import io.coapgate.crypto.key.CertificateBuilder;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A small certification authority, made on the spot, that vouches for one gateway and its devices. Immutable and safe for
 * use by several threads.
 */
public final class Pki {
    private static final Duration SKEW = Duration.ofHours(1);
    private static final Duration VALIDITY = Duration.ofDays(365);

    private final Instant notBefore;
    private final Instant notAfter;
    private final SecureRandom random;
    private final KeyPair authorityKeys;
    private final X509Certificate authority;

    /** @throws GeneralSecurityException if the platform can't sign with these keys */
    public Pki(KeyPair authorityKeys, Clock clock, SecureRandom random) throws GeneralSecurityException {
        this.notBefore = clock.instant().minus(SKEW);
        this.notAfter = clock.instant().plus(VALIDITY);
        this.random = random;
        this.authorityKeys = authorityKeys;
        this.authority = builder("coapgate simulator CA", authorityKeys.getPublic())
                .authority()
                .selfSigned(authorityKeys.getPrivate());
    }

    /** The certificate that all others chain to. */
    public X509Certificate authority() {
        return authority;
    }

    /** The name by which a device's certificate is recognised. */
    public static String dnsName(String deviceId) {
        return deviceId + ".devices.example";
    }

    public List<X509Certificate> device(String deviceId, PublicKey key) throws GeneralSecurityException {
        return List.of(builder(deviceId, key)
                .dnsName(dnsName(deviceId))
                .clientAuthentication()
                .signedBy(authority, authorityKeys.getPrivate()));
    }

    public List<X509Certificate> gateway(PublicKey key) throws GeneralSecurityException {
        return List.of(builder("localhost", key)
                .dnsName("localhost")
                .ipAddress(InetAddress.getLoopbackAddress())
                .serverAuthentication()
                .signedBy(authority, authorityKeys.getPrivate()));
    }

    private CertificateBuilder builder(String commonName, PublicKey key) {
        return new CertificateBuilder(commonName, key, notBefore, notAfter, random);
    }
}
