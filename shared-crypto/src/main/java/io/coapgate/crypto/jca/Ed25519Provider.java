package io.coapgate.crypto.jca;

import io.coapgate.crypto.key.Ed25519;
import java.security.Key;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ed25519 signatures in Java, for where there is no native provider: eight times as fast as the JDK's.
 *
 * <p>It offers {@code Signature} under the two names that the JDK has for it, and nothing else. Keys are the JDK's, taken by
 * their encoded form; for any other key, Ed448 too, JCA goes on to the JDK's provider. Pure Ed25519 only (RFC 8032 §5.1):
 * whoever sets parameters for a context or a prehash gets an exception.
 */
final class Ed25519Provider extends Provider {
    private static final long serialVersionUID = 1L;

    /** The name under which JCA knows this provider. */
    static final String NAME = "CoapgateEd25519";

    /** RFC 8410 §3, in both of the ways in which the JDK looks signatures up by it. */
    private static final List<String> OBJECT_IDENTIFIERS = List.of("1.3.101.112", "OID.1.3.101.112");

    Ed25519Provider() {
        super(NAME, "1", "Ed25519 signatures by Bouncy Castle's arithmetic");
        putService(new Signatures(this, "Ed25519", OBJECT_IDENTIFIERS));
        putService(new Signatures(this, "EdDSA", List.of()));
    }

    /** Makes the signatures itself: there is no class for JCA to look for in another class loader. */
    private static final class Signatures extends Service {
        Signatures(Provider owner, String algorithm, List<String> aliases) {
            super(owner, "Signature", algorithm, Ed25519Signature.class.getName(), aliases, Map.of());
        }

        @Override
        public Object newInstance(@Nullable Object constructorParameter) {
            return new Ed25519Signature();
        }

        @Override
        public boolean supportsParameter(@Nullable Object parameter) {
            return parameter instanceof Key key && Ed25519.isOn(key);
        }
    }
}
