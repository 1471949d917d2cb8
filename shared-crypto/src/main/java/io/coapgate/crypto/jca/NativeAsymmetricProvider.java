package io.coapgate.crypto.jca;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The asymmetric half of a native provider: its key pairs, keys, key agreement and signatures, and nothing else.
 *
 * <p>Symmetric algorithms, hashes and randomness stay with the JDK. They are no faster natively for messages as short as a
 * datagram, and the native {@code Mac} compares each new key with the last one by {@code equals}, which the DTLS stack's
 * destroyed keys answer with an exception: whole, the native provider breaks every handshake.
 *
 * <p>Keys pass freely between this provider and the JDK's, in both directions. Where this provider refuses a key (another
 * curve, Ed448), JCA goes on to the JDK's providers, unless the caller named a provider.
 *
 * <p>Equal public keys of the two sides may differ in their hash codes (they do on JDK 25): look a key up by its
 * thumbprint, never in a map of keys.
 *
 * <p>Left out although the native provider has it: its Ed25519 key pair generator, which answers {@code initialize} with
 * an {@code UnsupportedOperationException}; SHA-1 and SHA-224 signatures, RSASSA-PSS and ML-DSA, which nothing here uses.
 * It has no key factory for Ed25519 and no X25519. All these are the JDK's, with key classes that both sides take.
 *
 * <p>On a Java platform that admits only signed providers to {@code javax.crypto}, JCA passes over the key agreement and
 * uses the JDK's.
 */
final class NativeAsymmetricProvider extends Provider {
    private static final long serialVersionUID = 1L;

    /** The name under which JCA knows this provider. */
    static final String NAME = "CoapgateNative";

    private static final Map<String, Set<String>> OFFERED = Map.of(
            "KeyPairGenerator", Set.of("EC", "RSA"),
            "KeyFactory", Set.of("EC", "RSA"),
            "KeyAgreement", Set.of("ECDH"),
            "Signature",
                    Set.of(
                            "NONEwithECDSA",
                            "SHA256withECDSA",
                            "SHA384withECDSA",
                            "SHA512withECDSA",
                            "SHA256withECDSAinP1363Format",
                            "SHA384withECDSAinP1363Format",
                            "SHA512withECDSAinP1363Format",
                            "Ed25519",
                            "EdDSA",
                            "SHA256withRSA",
                            "SHA384withRSA",
                            "SHA512withRSA"));

    /** Offers those of the delegate's services that are asymmetric and in use. */
    NativeAsymmetricProvider(Provider delegate) {
        super(NAME, delegate.getVersionStr(), "Asymmetric services of " + delegate.getInfo());
        for (Service service : delegate.getServices()) {
            if (OFFERED.getOrDefault(service.getType(), Set.of()).contains(service.getAlgorithm())) {
                putService(new Delegating(this, service));
            }
        }
    }

    /** A service under this provider's name whose instances and key checks are the delegate's. */
    private static final class Delegating extends Service {
        private final Service delegate;

        Delegating(Provider owner, Service delegate) {
            super(owner, delegate.getType(), delegate.getAlgorithm(), delegate.getClassName(), List.of(), Map.of());
            this.delegate = delegate;
        }

        @Override
        public Object newInstance(@Nullable Object constructorParameter) throws NoSuchAlgorithmException {
            return delegate.newInstance(constructorParameter);
        }

        @Override
        public boolean supportsParameter(@Nullable Object parameter) {
            return delegate.supportsParameter(parameter);
        }
    }
}
