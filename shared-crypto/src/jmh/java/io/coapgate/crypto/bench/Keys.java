package io.coapgate.crypto.bench;

import COSE.OneKey;
import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import net.i2p.crypto.eddsa.EdDSASecurityProvider;

/** Keys and bare signatures for ES256 and Ed25519. */
final class Keys {

    private Keys() {}

    static KeyPair pair(CoseAlgorithm algorithm) throws GeneralSecurityException {
        if (algorithm == CoseAlgorithm.EDDSA) {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    static Signature signature(CoseAlgorithm algorithm) throws GeneralSecurityException {
        return Signature.getInstance(algorithm == CoseAlgorithm.EDDSA ? "Ed25519" : "SHA256withECDSAinP1363Format");
    }

    static byte[] sign(CoseAlgorithm algorithm, KeyPair pair, byte[] bytes) throws GeneralSecurityException {
        Signature signature = signature(algorithm);
        signature.initSign(pair.getPrivate());
        signature.update(bytes);
        return signature.sign();
    }

    /** The key for cose-java, which asks for its EdDSA provider by name. */
    static OneKey coseJava(PublicKey key) throws Exception {
        Security.addProvider(new EdDSASecurityProvider());
        return new OneKey(CoseKey.ofPublicKey(key).toCbor());
    }
}
