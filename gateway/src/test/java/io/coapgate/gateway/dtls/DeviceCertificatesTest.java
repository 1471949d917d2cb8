package io.coapgate.gateway.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coapgate.crypto.key.CertificateBuilder;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.MutableClock;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertPath;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Scandium's own client would never show, and the edges of dates. */
class DeviceCertificatesTest {
    private static final Instant NOW = Certificates.NOW;
    private static final KeyPair KEYS = Devices.p256();

    private final MutableClock clock = new MutableClock(NOW);
    private Certificates authority;
    private DeviceCertificates certificates;

    @BeforeEach
    void trustAnAuthority() throws Exception {
        authority = new Certificates("ca");
        certificates = new DeviceCertificates(List.of(authority.authority()), clock);
    }

    @Test
    void acceptsAChainThroughAnIntermediateAuthority() throws Exception {
        KeyPair intermediateKeys = Devices.p256();
        X509Certificate intermediate = authority.intermediate(intermediateKeys);
        X509Certificate leaf = builder("leaf").signedBy(intermediate, intermediateKeys.getPrivate());

        assertThat(certificates.validate(path(leaf, intermediate))).isEqualTo(leaf);
        assertThat(certificates.validate(path(leaf, intermediate, authority.authority())))
                .isEqualTo(leaf);
        assertRefused(Refusal.CERTIFICATE_UNTRUSTED, leaf);
    }

    @Test
    void refusesWhatADeviceSigns() throws Exception {
        X509Certificate device = sign(builder -> builder);
        X509Certificate leaf = builder("leaf").signedBy(device, KEYS.getPrivate());

        assertRefused(Refusal.CERTIFICATE_UNTRUSTED, leaf, device);
    }

    @Test
    void acceptsPurposesThatIncludeClientAuthentication() throws Exception {
        X509Certificate both = sign(builder -> builder.serverAuthentication().clientAuthentication());

        assertThat(certificates.validate(path(both))).isEqualTo(both);
    }

    @Test
    void refusesACertificateForServersOnly() throws Exception {
        assertRefused(Refusal.CERTIFICATE_UNTRUSTED, sign(CertificateBuilder::serverAuthentication));
    }

    @Test
    void refusesAnAuthority() throws Exception {
        assertRefused(Refusal.CERTIFICATE_UNTRUSTED, sign(CertificateBuilder::authority));
        assertRefused(Refusal.CERTIFICATE_UNTRUSTED, authority.authority());
    }

    @Test
    void refusesASelfSignedCertificateEvenOfTheAuthoritysName() throws Exception {
        assertRefused(Refusal.CERTIFICATE_UNTRUSTED, builder("leaf").selfSigned(KEYS.getPrivate()));
        assertRefused(Refusal.CERTIFICATE_UNTRUSTED, builder("ca").selfSigned(KEYS.getPrivate()));
    }

    @Test
    void refusesAKeyOnAnotherCurve() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        X509Certificate certificate =
                authority.sign(generator.generateKeyPair().getPublic(), CertificateBuilder::clientAuthentication);

        assertRefused(Refusal.CERTIFICATE_UNTRUSTED, certificate);
    }

    @Test
    void refusesAnEmptyAndAnEndlessChain() throws Exception {
        X509Certificate leaf = sign(builder -> builder);

        assertRefused(Refusal.CERTIFICATE_UNTRUSTED);
        assertRefused(
                Refusal.CERTIFICATE_UNTRUSTED, Collections.nCopies(7, leaf).toArray(X509Certificate[]::new));
    }

    @Test
    void refusesEverythingWithoutAuthorities() throws Exception {
        certificates = new DeviceCertificates(List.of(), clock);

        assertRefused(Refusal.CERTIFICATE_UNTRUSTED, sign(builder -> builder));
    }

    @Test
    void datesIncludeTheirLastSecond() throws Exception {
        Instant from = Instant.ofEpochSecond(NOW.getEpochSecond() + 10);
        Instant until = from.plusSeconds(10);
        X509Certificate leaf = authority.sign(KEYS.getPublic(), from, until, builder -> builder);

        clock.advance(Duration.between(NOW, from.minusSeconds(1)));
        assertRefused(Refusal.CREDENTIAL_NOT_YET_VALID, leaf);
        clock.advance(Duration.ofSeconds(1)); // now == notBefore: begun
        assertThat(certificates.validate(path(leaf))).isEqualTo(leaf);
        clock.advance(Duration.ofSeconds(10)); // now == notAfter: RFC 5280 §4.1.2.5, the period is inclusive
        assertThat(certificates.validate(path(leaf))).isEqualTo(leaf);
        clock.advance(Duration.ofSeconds(1));
        assertRefused(Refusal.CREDENTIAL_EXPIRED, leaf);
    }

    private void assertRefused(Refusal reason, X509Certificate... chain) throws Exception {
        CertPath path = path(chain);
        assertThatExceptionOfType(CertificateRefusedException.class)
                .isThrownBy(() -> certificates.validate(path))
                .returns(reason, CertificateRefusedException::reason);
    }

    private X509Certificate sign(UnaryOperator<CertificateBuilder> extensions) throws Exception {
        return authority.sign(KEYS.getPublic(), extensions);
    }

    private static CertificateBuilder builder(String name) {
        return new CertificateBuilder(
                name, KEYS.getPublic(), NOW.minusSeconds(60), NOW.plusSeconds(60), new SecureRandom());
    }

    private static CertPath path(X509Certificate... chain) throws Exception {
        return CertificateFactory.getInstance("X.509").generateCertPath(List.of(chain));
    }
}
