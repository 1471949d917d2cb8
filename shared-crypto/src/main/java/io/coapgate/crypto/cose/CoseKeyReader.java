package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.INVALID_KEY;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import io.coapgate.crypto.key.EcCurve;
import io.coapgate.crypto.key.Ed25519;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a COSE_Key map, and checks what its parts say of one another. */
final class CoseKeyReader {

    static final int KTY = 1;
    static final int KID = 2;
    static final int ALG = 3;
    static final int KEY_OPS = 4;
    static final int BASE_IV = 5;
    static final int CRV = -1;
    static final int X = -2;
    static final int Y = -3;
    static final int D = -4;
    static final int K = -1;

    private static final int MAX_SECRET_BYTES = 512;

    private final CBORObject map;

    private CoseKeyReader(CBORObject map) {
        this.map = map;
    }

    static CoseKey read(CBORObject map) throws CoseException {
        if (map.getType() != CBORType.Map) {
            throw invalid("a COSE_Key that is not a map");
        }
        CoseKeyReader reader = new CoseKeyReader(map);
        try {
            return reader.key();
        } catch (KeyFormatException e) {
            throw invalid(e.getMessage());
        }
    }

    private CoseKey key() throws CoseException, KeyFormatException {
        requireLabels();
        KeyParameters parameters = parameters();
        return switch (parameters.type()) {
            case SYMMETRIC -> CoseKey.of(parameters, SecretBytes.copyOf(secret()));
            case EC2 -> ec2(parameters);
            case OKP -> okp(parameters);
        };
    }

    private CoseKey ec2(KeyParameters parameters) throws CoseException, KeyFormatException {
        EcCurve curve = curve(parameters.type()).ec().orElseThrow();
        CBORObject y = required(Y);
        // A boolean y is the sign bit of a compressed point (RFC 9053 §7.1.1).
        PublicKey publicKey = y.getType() == CBORType.Boolean
                ? curve.publicKey(bytes(X), y.isTrue())
                : curve.publicKey(bytes(X), bytes(Y));
        Optional<CBORObject> d = StrictCbor.get(map, D);
        return d.isEmpty()
                ? CoseKey.of(parameters, publicKey, null)
                : CoseKey.of(parameters, publicKey, matching(publicKey, curve.keyPair(curve.privateKey(bytes(D)))));
    }

    private CoseKey okp(KeyParameters parameters) throws CoseException, KeyFormatException {
        curve(parameters.type());
        PublicKey publicKey = Ed25519.publicKey(bytes(X));
        Optional<CBORObject> d = StrictCbor.get(map, D);
        return d.isEmpty()
                ? CoseKey.of(parameters, publicKey, null)
                : CoseKey.of(parameters, publicKey, matching(publicKey, Ed25519.keyPair(Ed25519.privateKey(bytes(D)))));
    }

    private static PrivateKey matching(PublicKey publicKey, KeyPair pair) throws CoseException {
        if (!Arrays.equals(publicKey.getEncoded(), pair.getPublic().getEncoded())) {
            throw invalid("a private key that does not belong to the public key beside it");
        }
        return pair.getPrivate();
    }

    private KeyParameters parameters() throws CoseException {
        Optional<CBORObject> alg = StrictCbor.get(map, ALG);
        Optional<CBORObject> kid = StrictCbor.get(map, KID);
        Optional<CBORObject> baseIv = StrictCbor.get(map, BASE_IV);
        if (baseIv.isPresent() && baseIv.get().getType() != CBORType.ByteString) {
            throw invalid("a Base IV that is not a byte string");
        }
        @Nullable CoseAlgorithm algorithm = alg.isPresent() ? HeaderReader.algorithm(alg.get()) : null;
        @Nullable KeyId keyId = kid.isPresent() ? HeaderReader.keyId(kid.get(), INVALID_KEY) : null;
        byte @Nullable [] iv = baseIv.isPresent() ? baseIv.get().GetByteString() : null;
        return new KeyParameters(type(), algorithm, operations(), keyId, iv).checked();
    }

    private CoseKey.Type type() throws CoseException {
        CBORObject kty = required(KTY);
        for (CoseKey.Type type : CoseKey.Type.values()) {
            if (kty.equals(CBORObject.FromObject(type.id()))) {
                return type;
            }
        }
        throw invalid("a key type that is not supported");
    }

    private Set<KeyOperation> operations() throws CoseException {
        Optional<CBORObject> keyOps = StrictCbor.get(map, KEY_OPS);
        Set<KeyOperation> operations = EnumSet.noneOf(KeyOperation.class);
        if (keyOps.isEmpty()) {
            return operations;
        }
        if (keyOps.get().getType() != CBORType.Array || keyOps.get().size() == 0) {
            throw invalid("key operations that are not a list");
        }
        for (CBORObject id : keyOps.get().getValues()) {
            if (!operations.add(operation(id))) {
                throw invalid("a key operation named twice");
            }
        }
        return operations;
    }

    private static KeyOperation operation(CBORObject id) throws CoseException {
        for (KeyOperation operation : KeyOperation.values()) {
            if (id.equals(CBORObject.FromObject(operation.id()))) {
                return operation;
            }
        }
        throw invalid("a key operation that is not registered");
    }

    private KeyCurve curve(CoseKey.Type type) throws CoseException {
        CBORObject crv = required(CRV);
        for (KeyCurve curve : KeyCurve.values()) {
            if (curve.type() == type && crv.equals(CBORObject.FromObject(curve.id()))) {
                return curve;
            }
        }
        throw invalid("a curve that is not supported for this type of key");
    }

    private void requireLabels() throws CoseException {
        for (CBORObject label : map.getKeys()) {
            if (label.getType() != CBORType.Integer && label.getType() != CBORType.TextString) {
                throw invalid("a key parameter whose label is neither integer nor text");
            }
        }
    }

    private byte[] secret() throws CoseException {
        byte[] secret = bytes(K);
        if (secret.length == 0 || secret.length > MAX_SECRET_BYTES) {
            throw invalid("a secret that is empty or too long");
        }
        return secret;
    }

    private byte[] bytes(int label) throws CoseException {
        CBORObject value = required(label);
        if (value.getType() != CBORType.ByteString) {
            throw invalid("a part of a key that is not a byte string");
        }
        return value.GetByteString();
    }

    private CBORObject required(int label) throws CoseException {
        return StrictCbor.get(map, label).orElseThrow(() -> invalid("a key that lacks a part"));
    }

    private static CoseException invalid(String message) {
        return new CoseException(INVALID_KEY, message);
    }
}
