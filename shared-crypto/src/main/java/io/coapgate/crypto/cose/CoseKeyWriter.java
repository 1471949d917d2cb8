package io.coapgate.crypto.cose;

import com.upokecenter.cbor.CBORObject;
import io.coapgate.crypto.key.EcCurve;
import io.coapgate.crypto.key.Ed25519;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.SecretBytes;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;

/** Writes a COSE_Key as a map; its encoding puts the labels in order. */
final class CoseKeyWriter {

    private CoseKeyWriter() {}

    /** The required members that a thumbprint is made of (RFC 9679 §4). */
    static CBORObject required(CoseKey key) {
        CBORObject map = CBORObject.NewMap();
        set(map, CoseKeyReader.KTY, CBORObject.FromObject(key.type().id()));
        key.publicKey().ifPresent(publicKey -> putPublic(map, key.curve(), publicKey));
        key.secret().map(SecretBytes::expose).ifPresent(secret -> set(map, CoseKeyReader.K, bytes(secret)));
        return map;
    }

    static CBORObject all(CoseKey key) {
        CBORObject map = required(key);
        key.keyId().ifPresent(kid -> set(map, CoseKeyReader.KID, bytes(kid.bytes())));
        key.algorithm().ifPresent(alg -> set(map, CoseKeyReader.ALG, CBORObject.FromObject(alg.id())));
        if (!key.operations().isEmpty()) {
            CBORObject ids = CBORObject.NewArray();
            key.operations().stream().mapToInt(KeyOperation::id).sorted().forEach(ids::Add);
            set(map, CoseKeyReader.KEY_OPS, ids);
        }
        key.baseIv().ifPresent(iv -> set(map, CoseKeyReader.BASE_IV, bytes(iv)));
        key.privateKey()
                .ifPresent(privateKey -> set(map, CoseKeyReader.D, bytes(privatePart(key.curve(), privateKey))));
        return map;
    }

    private static void putPublic(CBORObject map, KeyCurve curve, PublicKey key) {
        set(map, CoseKeyReader.CRV, CBORObject.FromObject(curve.id()));
        if (key instanceof ECPublicKey point) {
            EcCurve ec = curve.ec().orElseThrow();
            set(map, CoseKeyReader.X, bytes(ec.x(point)));
            set(map, CoseKeyReader.Y, bytes(ec.y(point)));
        } else {
            set(map, CoseKeyReader.X, bytes(ed25519(() -> Ed25519.bytes(key))));
        }
    }

    private static byte[] privatePart(KeyCurve curve, PrivateKey key) {
        return key instanceof ECPrivateKey scalar
                ? curve.ec().orElseThrow().scalar(scalar)
                : ed25519(() -> Ed25519.seed(key));
    }

    private static byte[] ed25519(Part part) {
        try {
            return part.bytes();
        } catch (KeyFormatException e) {
            throw new IllegalStateException("a key that was checked is no longer readable", e);
        }
    }

    private static void set(CBORObject map, int label, CBORObject value) {
        map.set(CBORObject.FromObject(label), value);
    }

    private static CBORObject bytes(byte[] bytes) {
        return CBORObject.FromObject(bytes);
    }

    /** A part of a key, which the key may turn out not to give. */
    private interface Part {
        byte[] bytes() throws KeyFormatException;
    }
}
