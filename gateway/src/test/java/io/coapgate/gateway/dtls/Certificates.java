package io.coapgate.gateway.dtls;

import io.coapgate.crypto.key.CertificateBuilder;
import io.coapgate.gateway.device.Devices;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** An authority for tests, and what it signs. */
final class Certificates {
    /** One for all: certificates, registries and clocks of a test speak of the same moment, which the client's is near. */
    @SuppressWarnings("TimeInStaticInitializer")
    static final Instant NOW = Instant.now();

    private static final Duration DAY = Duration.ofDays(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyPair keys = Devices.p256();
    private final X509Certificate authority;

    Certificates(String name) throws GeneralSecurityException {
        this.authority = new CertificateBuilder(name, keys.getPublic(), NOW.minus(DAY), NOW.plus(DAY), RANDOM)
                .authority()
                .selfSigned(keys.getPrivate());
    }

    X509Certificate authority() {
        return authority;
    }

    KeyPair keys() {
        return keys;
    }

    /** An authority that this one vouches for. */
    X509Certificate intermediate(KeyPair itsKeys) throws GeneralSecurityException {
        return new CertificateBuilder("intermediate", itsKeys.getPublic(), NOW.minus(DAY), NOW.plus(DAY), RANDOM)
                .authority()
                .signedBy(authority, keys.getPrivate());
    }

    X509Certificate sign(PublicKey key, UnaryOperator<CertificateBuilder> extensions) throws GeneralSecurityException {
        return sign(key, NOW.minus(DAY), NOW.plus(DAY), extensions);
    }

    X509Certificate sign(PublicKey key, Instant from, Instant until, UnaryOperator<CertificateBuilder> extensions)
            throws GeneralSecurityException {
        return extensions
                .apply(new CertificateBuilder("leaf", key, from, until, RANDOM))
                .signedBy(authority, keys.getPrivate());
    }

    DtlsIdentity gateway(List<X509Certificate> trusted) throws GeneralSecurityException {
        KeyPair gateway = Devices.p256();
        X509Certificate certificate = sign(gateway.getPublic(), CertificateBuilder::serverAuthentication);
        return new DtlsIdentity(gateway.getPrivate(), gateway.getPublic(), List.of(certificate, authority), trusted);
    }
}
