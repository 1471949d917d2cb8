package io.coapgate.crypto.inspect;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.inspect.CborItem.Entry;
import io.coapgate.crypto.inspect.CborItem.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One COSE message of a token, as it says of itself, unverified. Immutable.
 *
 * @param structure which one, by its tag, or by its shape if it has none
 * @param isTagged whether it has its tag, without which the gateway takes none
 * @param message the whole, with its tag and without a tag 61
 * @param protectedBucket the protected header in its byte string
 * @param unprotectedBucket the other header
 * @param payload the payload or ciphertext, as byte string
 * @param authenticatorSize bytes of signature or tag; 0 where the ciphertext holds it
 */
public record CoseLayer(
        Structure structure,
        boolean isTagged,
        CborItem message,
        CborItem protectedBucket,
        CborItem unprotectedBucket,
        CborItem payload,
        int authenticatorSize) {

    private static final int ALG = 1;

    /** The structures of RFC 9052 §2. */
    public enum Structure {
        SIGN1(18, "COSE_Sign1"),
        MAC0(17, "COSE_Mac0"),
        ENCRYPT0(16, "COSE_Encrypt0"),
        SIGN(98, "COSE_Sign"),
        MAC(97, "COSE_Mac"),
        ENCRYPT(96, "COSE_Encrypt");

        private final int tag;
        private final String title;

        Structure(int tag, String title) {
            this.tag = tag;
            this.title = title;
        }

        public int tag() {
            return tag;
        }

        /** The name in the RFC. */
        public String title() {
            return title;
        }

        /** Whether the third part is a ciphertext. */
        public boolean isEncrypted() {
            return this == ENCRYPT0 || this == ENCRYPT;
        }
    }

    static Optional<CoseLayer> of(CborItem message) {
        if (message.is(Kind.TAG)) {
            return Arrays.stream(Structure.values())
                    .filter(structure -> structure.tag == message.argument())
                    .findFirst()
                    .flatMap(structure ->
                            of(structure, message, message.children().get(0)));
        }
        // Without a tag only the number of parts tells; a signature and a MAC can't be told apart.
        List<CborItem> parts = message.children();
        return parts.size() == 4 && parts.get(3).is(Kind.BYTES)
                ? of(parts.get(3).content().length < 64 ? Structure.MAC0 : Structure.SIGN1, message, message)
                : of(Structure.ENCRYPT0, message, message).filter(layer -> parts.size() == 3);
    }

    private static Optional<CoseLayer> of(Structure structure, CborItem message, CborItem array) {
        List<CborItem> parts = array.children();
        if (!array.is(Kind.ARRAY)
                || parts.size() < 3
                || !parts.get(0).is(Kind.BYTES)
                || !parts.get(1).is(Kind.MAP)) {
            return Optional.empty();
        }
        int authenticator = parts.size() < 4 ? 0 : authenticatorSize(parts.get(3));
        return Optional.of(new CoseLayer(
                structure, message.is(Kind.TAG), message, parts.get(0), parts.get(1), parts.get(2), authenticator));
    }

    private static int authenticatorSize(CborItem part) {
        return part.is(Kind.BYTES) ? part.content().length : part.size();
    }

    /** The parameters of the protected header; none if it isn't a map. */
    public List<Entry> protectedHeader() {
        try {
            return protectedBucket.content().length == 0
                    ? List.of()
                    : CborItem.read(protectedBucket.content()).entries();
        } catch (CoseException e) {
            return List.of();
        }
    }

    /** The algorithm that the protected header names, if it is supported. */
    public Optional<CoseAlgorithm> algorithm() {
        return algorithm(protectedHeader());
    }

    static Optional<CoseAlgorithm> algorithm(List<Entry> header) {
        return header.stream()
                .filter(entry -> entry.key().isInteger(ALG))
                .flatMap(entry -> entry.value().integer().stream())
                .filter(id -> id.bitLength() < Long.SIZE)
                .flatMap(id -> CoseAlgorithm.ofId(id.longValue()).stream())
                .findFirst();
    }

    public List<Entry> unprotectedHeader() {
        return unprotectedBucket.entries();
    }
}
