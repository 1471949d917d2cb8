package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.DETACHED_PAYLOAD;
import static io.coapgate.crypto.cose.CoseException.Reason.UNSUPPORTED_ALGORITHM;
import static io.coapgate.crypto.cose.CoseException.Reason.WRONG_STRUCTURE;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import io.coapgate.crypto.key.KeyId;
import java.util.Optional;
import java.util.Set;

/**
 * What the COSE structures with one signer or recipient have in common: {@code [protected, unprotected, content]}, with a
 * signature or MAC behind it unless the content is encrypted, behind a CBOR tag (RFC 9052 §4.2, §5.2, §6.2).
 */
final class CoseEnvelope {

    /** The authenticator of what has it in its content. */
    static final byte[] NONE = {};

    /** One head of one byte and four of at most five. */
    private static final int MAX_HEADS = 21;

    /** The structures, with their one-byte CBOR tag, their context string and the algorithms that fit them. */
    enum Structure {
        ENCRYPT0(0xd0, "Encrypt0", CoseAlgorithm.Kind.ENCRYPTION, 3),
        MAC0(0xd1, "MAC0", CoseAlgorithm.Kind.MAC, 4),
        SIGN1(0xd2, "Signature1", CoseAlgorithm.Kind.SIGNATURE, 4);

        private final byte tag;

        @SuppressWarnings("ImmutableEnumChecker") // never given out
        private final byte[] context;

        private final CoseAlgorithm.Kind kind;
        private final int parts;

        Structure(int tag, String context, CoseAlgorithm.Kind kind, int parts) {
            this.tag = (byte) tag;
            this.context = context.getBytes(US_ASCII);
            this.kind = kind;
            this.parts = parts;
        }

        /** The structure whose tag these bytes begin with. */
        static Optional<Structure> of(byte[] message) {
            for (Structure structure : values()) {
                if (message.length > 0 && message[0] == structure.tag) {
                    return Optional.of(structure);
                }
            }
            return Optional.empty();
        }

        int parts() {
            return parts;
        }

        CoseAlgorithm.Kind kind() {
            return kind;
        }

        void requireFits(CoseAlgorithm algorithm) {
            if (algorithm.kind() != kind) {
                throw new IllegalArgumentException(algorithm + " does not fit " + this);
            }
        }
    }

    /** The structures with their payload in the open. */
    static final Set<Structure> AUTHENTICATED = Set.of(Structure.MAC0, Structure.SIGN1);

    private final Structure structure;
    private final CoseHeaders headers;
    private final byte[] protectedBytes;
    private final byte[] content;
    private final byte[] authenticator;

    CoseEnvelope(
            Structure structure, CoseHeaders headers, byte[] protectedBytes, byte[] content, byte[] authenticator) {
        this.structure = structure;
        this.headers = headers;
        this.protectedBytes = protectedBytes;
        this.content = content;
        this.authenticator = authenticator;
    }

    static CoseEnvelope decode(byte[] message, int maxBytes, Set<Structure> allowed) throws CoseException {
        StrictCbor.requireSize(message, maxBytes);
        Structure structure = Structure.of(message)
                .filter(allowed::contains)
                .orElseThrow(
                        () -> new CoseException(WRONG_STRUCTURE, "no tag of a COSE structure that may stand here"));
        CborScan.requireStrict(message, 1);
        Optional<CoseEnvelope> plain = PlainForm.read(structure, message);
        return plain.isPresent() ? plain.get() : of(structure, CborBuilder.build(message, 1));
    }

    /** Reads a structure whose tag is gone, or is implied by where it stands. */
    static CoseEnvelope of(Structure structure, CBORObject array) throws CoseException {
        if (array.getType() != CBORType.Array || array.size() != structure.parts) {
            throw new CoseException(WRONG_STRUCTURE, "a COSE message that is not an array of " + structure.parts);
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
        byte[] authenticator = structure.parts == 4 ? bytes(array.get(3)) : NONE;
        return new CoseEnvelope(structure, headers, protectedBytes, bytes(array.get(2)), authenticator);
    }

    /** The unprotected bucket of a message that is made here, as yet with nothing but the key's identifier. */
    static CBORObject unprotected(Optional<KeyId> keyId) {
        CBORObject map = CBORObject.NewMap();
        keyId.ifPresent(kid -> map.set(CBORObject.FromObject(HeaderReader.KID), CBORObject.FromObject(kid.bytes())));
        return map;
    }

    /** The parts as an array behind the structure's tag. */
    static byte[] encode(Structure structure, Object... parts) {
        CBORObject array = CBORObject.NewArray();
        for (Object part : parts) {
            array.Add(part);
        }
        byte[] encoded = StrictCbor.encode(array);
        byte[] message = new byte[1 + encoded.length];
        message[0] = structure.tag;
        System.arraycopy(encoded, 0, message, 1, encoded.length);
        return message;
    }

    CoseHeaders headers() {
        return headers;
    }

    Structure structure() {
        return structure;
    }

    /** The payload or ciphertext itself, not a copy. */
    byte[] content() {
        return content;
    }

    /** The signature or MAC itself, not a copy; empty if the content is encrypted. */
    byte[] authenticator() {
        return authenticator;
    }

    /** The Sig_structure or MAC_structure of this message (RFC 9052 §4.4, §6.3). */
    byte[] authenticated(byte[] externalAad) {
        return authenticated(structure, protectedBytes, externalAad, content);
    }

    /** The Enc_structure of this message (RFC 9052 §5.3). */
    byte[] additional(byte[] externalAad) {
        return additional(structure, protectedBytes, externalAad);
    }

    static byte[] authenticated(Structure structure, byte[] protectedBytes, byte[] externalAad, byte[] payload) {
        return start(structure, 4, protectedBytes, externalAad, payload.length)
                .bytes(payload)
                .toByteArray();
    }

    static byte[] additional(Structure structure, byte[] protectedBytes, byte[] externalAad) {
        return start(structure, 3, protectedBytes, externalAad, 0).toByteArray();
    }

    private static CborBytes start(
            Structure structure, int items, byte[] protectedBytes, byte[] externalAad, int toFollow) {
        int length = structure.context.length + protectedBytes.length + externalAad.length + toFollow;
        return new CborBytes(MAX_HEADS + length)
                .arrayOf(items)
                .text(structure.context)
                .bytes(protectedBytes)
                .bytes(externalAad);
    }

    private static byte[] bytes(CBORObject value) throws CoseException {
        if (value.getType() != CBORType.ByteString) {
            throw new CoseException(WRONG_STRUCTURE, "a part of a COSE message that is not a byte string");
        }
        return value.GetByteString();
    }
}
