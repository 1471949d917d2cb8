package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.ALGORITHM_MISMATCH;
import static io.coapgate.crypto.cose.CoseException.Reason.BAD_SIGNATURE;
import static io.coapgate.crypto.cose.CoseException.Reason.DETACHED_PAYLOAD;
import static io.coapgate.crypto.cose.CoseException.Reason.UNSUPPORTED_ALGORITHM;
import static io.coapgate.crypto.cose.CoseException.Reason.WRONG_STRUCTURE;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import io.coapgate.crypto.key.Thumbprint;

/**
 * What COSE_Sign1 and COSE_Mac0 have in common: {@code [protected, unprotected, payload, tag]} behind a CBOR tag, and the
 * authentication of {@code [context, protected, external_aad, payload]} (RFC 9052 §4.4, §6.3).
 */
final class CoseEnvelope {

    /** One head of one byte and four of at most five. */
    private static final int MAX_HEADS = 21;

    /** The structures, with their one-byte CBOR tag, their context string and the algorithms that fit them. */
    enum Structure {
        SIGN1(0xd2, "Signature1", CoseAlgorithm.Kind.SIGNATURE),
        MAC0(0xd1, "MAC0", CoseAlgorithm.Kind.MAC);

        private final byte tag;
        private final String context;
        private final CoseAlgorithm.Kind kind;

        Structure(int tag, String context, CoseAlgorithm.Kind kind) {
            this.tag = (byte) tag;
            this.context = context;
            this.kind = kind;
        }
    }

    private final Structure structure;
    private final CoseHeaders headers;
    private final byte[] protectedBytes;
    private final byte[] payload;
    private final byte[] authenticator;

    private CoseEnvelope(
            Structure structure, CoseHeaders headers, byte[] protectedBytes, byte[] payload, byte[] authenticator) {
        this.structure = structure;
        this.headers = headers;
        this.protectedBytes = protectedBytes;
        this.payload = payload;
        this.authenticator = authenticator;
    }

    static CoseEnvelope decode(byte[] message, int maxBytes) throws CoseException {
        StrictCbor.requireSize(message, maxBytes);
        Structure structure = structureOf(message);
        CBORObject array = StrictCbor.decodeFrom(message, 1);
        if (array.getType() != CBORType.Array || array.size() != 4) {
            throw new CoseException(WRONG_STRUCTURE, "a COSE message that is not an array of four");
        }
        if (array.get(1).getType() != CBORType.Map) {
            throw new CoseException(WRONG_STRUCTURE, "unprotected headers that are not a map");
        }
        if (array.get(2).isNull()) {
            throw new CoseException(DETACHED_PAYLOAD, "a COSE message without its payload");
        }
        byte[] protectedBytes = bytes(array.get(0));
        CoseHeaders headers = HeaderReader.read(protectedBytes, array.get(1));
        if (headers.algorithm().kind() != structure.kind) {
            throw new CoseException(UNSUPPORTED_ALGORITHM, "an algorithm that does not fit the COSE structure");
        }
        return new CoseEnvelope(structure, headers, protectedBytes, bytes(array.get(2)), bytes(array.get(3)));
    }

    static byte[] create(Structure structure, SigningKey key, byte[] payload, byte[] externalAad) {
        if (key.algorithm().kind() != structure.kind) {
            throw new IllegalArgumentException(key.algorithm() + " does not fit " + structure);
        }
        CBORObject protectedMap = CBORObject.NewMap();
        protectedMap.Set(
                CBORObject.FromObject(HeaderReader.ALG), key.algorithm().id());
        CBORObject unprotectedMap = CBORObject.NewMap();
        key.keyId().ifPresent(kid -> unprotectedMap.Set(CBORObject.FromObject(HeaderReader.KID), kid.bytes()));
        byte[] protectedBytes = StrictCbor.encode(protectedMap);
        byte[] authenticator = key.authenticate(authenticated(structure, protectedBytes, externalAad, payload));
        byte[] array = StrictCbor.encode(CBORObject.NewArray()
                .Add(protectedBytes)
                .Add(unprotectedMap)
                .Add(payload)
                .Add(authenticator));
        byte[] message = new byte[1 + array.length];
        message[0] = structure.tag;
        System.arraycopy(array, 0, message, 1, array.length);
        return message;
    }

    Structure structure() {
        return structure;
    }

    CoseHeaders headers() {
        return headers;
    }

    byte[] payload() {
        return payload.clone();
    }

    byte[] verify(VerificationKey key, byte[] externalAad) throws CoseException {
        if (headers.algorithm() != key.algorithm()) {
            throw new CoseException(ALGORITHM_MISMATCH, "the message names another algorithm than its key has");
        }
        if (authenticator.length != key.algorithm().tagLength()
                || !key.accepts(authenticated(structure, protectedBytes, externalAad, payload), authenticator)) {
            throw new CoseException(BAD_SIGNATURE, "the signature or MAC does not verify");
        }
        return payload.clone();
    }

    /** Names what was authenticated: unlike the message's bytes, nobody but the key's holder can vary it. */
    Thumbprint authenticatedThumbprint() {
        return Thumbprint.ofContent(authenticated(structure, protectedBytes, CoseMessage.NO_AAD, payload));
    }

    private static byte[] authenticated(Structure structure, byte[] protectedBytes, byte[] aad, byte[] payload) {
        byte[] context = structure.context.getBytes(US_ASCII);
        return new CborBytes(MAX_HEADS + context.length + protectedBytes.length + aad.length + payload.length)
                .arrayOf(4)
                .text(context)
                .bytes(protectedBytes)
                .bytes(aad)
                .bytes(payload)
                .toByteArray();
    }

    private static Structure structureOf(byte[] message) throws CoseException {
        for (Structure structure : Structure.values()) {
            if (message.length > 0 && message[0] == structure.tag) {
                return structure;
            }
        }
        throw new CoseException(WRONG_STRUCTURE, "no tag of a supported COSE structure");
    }

    private static byte[] bytes(CBORObject value) throws CoseException {
        if (value.getType() != CBORType.ByteString) {
            throw new CoseException(WRONG_STRUCTURE, "a part of a COSE message that is not a byte string");
        }
        return value.GetByteString();
    }
}
