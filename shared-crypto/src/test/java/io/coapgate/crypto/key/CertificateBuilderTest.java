package io.coapgate.crypto.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateBuilderTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2056-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({"EC, EC", "EC, Ed25519", "Ed25519, EC", "Ed25519, Ed25519"})
    void chainsToItsAuthority(String authorityAlgorithm, String leafAlgorithm) throws Exception {
        KeyPair authorityKeys = keys(authorityAlgorithm);
        X509Certificate authority = builder("ca", authorityKeys).authority().selfSigned(authorityKeys.getPrivate());
        X509Certificate leaf = builder("leaf", keys(leafAlgorithm)).signedBy(authority, authorityKeys.getPrivate());

        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(FROM));
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), parameters);
        assertThat(authority.getBasicConstraints()).isNotNegative();
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void carriesNamesUsagesAndBothSortsOfDates() throws Exception {
        KeyPair keys = keys("EC");
        X509Certificate certificate = builder("Messger\u00e4t, Nr. 1", keys)
                .dnsName("device.example")
                .uri("urn:dev:mac:0024befffe804ff1")
                .ipAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))
                .clientAuthentication()
                .serverAuthentication()
                .selfSigned(keys.getPrivate());

        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=Messger\u00e4t\\, Nr. 1");
        assertThat(certificate.getPublicKey()).isEqualTo(keys.getPublic());
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(FROM); // UTCTime
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(UNTIL); // GeneralizedTime
        assertThat(certificate.getKeyUsage()).startsWith(true, false);
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.1");
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(2, "device.example"),
                        List.of(6, "urn:dev:mac:0024befffe804ff1"),
                        List.of(7, "127.0.0.1"));
    }

    @Test
    void twoCertificatesNeverShareASerialNumber() throws Exception {
        KeyPair keys = keys("EC");
        assertThat(builder("a", keys).selfSigned(keys.getPrivate()).getSerialNumber())
                .isPositive()
                .isNotEqualTo(builder("a", keys).selfSigned(keys.getPrivate()).getSerialNumber());
    }

    @Test
    void refusesAKeyThatIsNotTheIssuers() throws Exception {
        KeyPair keys = keys("EC");
        X509Certificate authority = builder("ca", keys).authority().selfSigned(keys.getPrivate());
        KeyPair others = keys("EC");
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> builder("leaf", keys).signedBy(authority, others.getPrivate()));
    }

    private static CertificateBuilder builder(String name, KeyPair keys) {
        return new CertificateBuilder(name, keys.getPublic(), FROM, UNTIL, new SecureRandom());
    }

    private static KeyPair keys(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        }
        return generator.generateKeyPair();
    }
}
